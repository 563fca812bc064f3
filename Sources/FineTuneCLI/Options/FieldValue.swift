import FineTuneKit
import Foundation

/// Reads the text of an option as a value of its field's kind.
///
/// - Throws: `TuneError` that names the option as it is typed.
func fieldValue(_ text: String, kind: ArgumentField.Kind, name: String) throws -> JSONValue {
    switch kind {
    case .bool:
        guard let value = truthValue(text) else { throw mismatch(name, text, "true or false") }
        return .bool(value)
    case .int:
        guard let value = Int(text) else { throw mismatch(name, text, "an integer") }
        return .int(value)
    case .number:
        guard let value = Double(text), value.isFinite else {
            throw mismatch(name, text, "a number")
        }
        return .double(value)
    case .string:
        return .string(text)
    case .choice(let names):
        return try choice(text, among: names, name: name)
    case .strings:
        return .array(try list(text, name: name).map(JSONValue.string))
    case .choices(let names):
        return .array(try list(text, name: name).map { try choice($0, among: names, name: name) })
    case .object:
        guard let value = try? JSONValue(parsing: Data(text.utf8), source: name),
            value.object != nil
        else { throw mismatch(name, text, #"a JSON object such as {"name": 1}"#) }
        return value
    }
}

private func choice(_ text: String, among names: [String], name: String) throws -> JSONValue {
    guard names.contains(text) else {
        throw TuneError(
            .usage, "\(optionName(name)) cannot be '\(text)'.",
            remedy: suggestion(for: text, among: names))
    }
    return .string(text)
}

private func list(_ text: String, name: String) throws -> [String] {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    let names = parts.map { String($0.trimmingPrefix { $0 == " " }) }
    guard !names.contains("") else { throw mismatch(name, text, "a list such as a,b") }
    return names
}

private func mismatch(_ name: String, _ text: String, _ expected: String) -> TuneError {
    TuneError(.usage, "\(optionName(name)) is '\(text)' where \(expected) is needed.")
}
