import FineTuneKit
import Foundation
import Yams

/// Parses a YAML document by the core schema of YAML 1.2.
///
/// There, `no` is a text (as `eval_strategy: no` needs) and `1e-5` a number, which older schemas
/// see the other way round.
///
/// - Throws: `TuneError` with line and column for malformed text.
func yamlValue(_ data: Data, source: String) throws -> JSONValue {
    guard let text = String(data: data, encoding: .utf8) else {
        throw TuneError(.badConfig, "\(source) is not UTF-8 text.", remedy: "Save it as UTF-8.")
    }
    do {
        guard let node = try compose(yaml: text) else { return .object(JSONObject()) }
        return try value(node, source: source, depth: 0)
    } catch let error as YamlError {
        throw malformed(error, source: source)
    }
}

private func malformed(_ error: YamlError, source: String) -> TuneError {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
        .composer(_, let problem, let mark, _):
        TuneError(
            .badConfig, "\(source):\(mark.line):\(mark.column): \(problem).",
            remedy: "Correct the YAML there.")
    case .duplicatedKeysInMapping(let keys, _):
        TuneError(
            .badConfig, "\(source): '\(keys.joined(separator: "', '"))' is given twice.",
            remedy: "Remove one.")
    default:
        TuneError(.badConfig, "\(source) is not valid YAML: \(error)", remedy: "Correct the file.")
    }
}

private func value(_ node: Node, source: String, depth: Int) throws -> JSONValue {
    guard depth < 64 else { throw TuneError(.badConfig, "\(source) is nested too deeply.") }
    switch node {
    case .scalar(let scalar): return scalarValue(scalar)
    case .sequence(let sequence):
        return try .array(sequence.map { try value($0, source: source, depth: depth + 1) })
    case .mapping(let mapping):
        var object = JSONObject()
        for (key, member) in mapping {
            guard let name = key.scalar?.string else {
                throw TuneError(.badConfig, "\(source): a key is not a text.")
            }
            object[name] = try value(member, source: source, depth: depth + 1)
        }
        return .object(object)
    case .alias:
        throw TuneError(
            .badConfig, "\(source) uses an alias (*name).", remedy: "Write the value out.")
    }
}

private func scalarValue(_ scalar: Node.Scalar) -> JSONValue {
    let text = scalar.string
    guard scalar.style == .plain || scalar.style == .any else { return .string(text) }
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return .bool(true)
    case "false", "False", "FALSE": return .bool(false)
    default: break
    }
    if let integer = Int(text) { return .int(integer) }
    let isNumeric = text.unicodeScalars.allSatisfy { "+-.eE0123456789".unicodeScalars.contains($0) }
    if isNumeric, let number = Double(text) { return .double(number) }
    return .string(text)
}
