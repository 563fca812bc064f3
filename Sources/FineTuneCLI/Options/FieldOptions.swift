import ArgumentParser
import FineTuneKit

/// A group of options `var someField: String?`, each named after a field `some_field`.
protocol FieldOptions: ParsableArguments {}

extension FieldOptions {
    /// The values that were given, by the Python names of their fields.
    var given: [(name: String, text: String)] {
        Mirror(reflecting: self).children.compactMap { child in
            guard let label = child.label, let option = child.value as? Option<String?>,
                let text = option.wrappedValue
            else { return nil }
            return (snakeCase(label), text)
        }
    }

    /// The names of all fields that have an option here.
    static var fieldNames: [String] {
        Mirror(reflecting: Self()).children.compactMap { child in
            child.value is Option<String?> ? child.label.map(snakeCase) : nil
        }
    }
}

/// The Python spelling of a stored property: `_learningRate` is `learning_rate`.
private func snakeCase(_ label: String) -> String {
    label.drop { $0 == "_" }.reduce(into: "") { result, character in
        result += character.isUppercase ? "_" + character.lowercased() : String(character)
    }
}

/// The help text of a training argument that `--help` leaves to `--help-hidden`.
func detail(_ name: String) -> ArgumentHelp {
    var result = help(name)
    result.visibility = .hidden
    return result
}

/// The help text of a training argument, with its default.
func help(_ name: String) -> ArgumentHelp {
    guard let field = TrainingArguments.field(name) else {
        return ArgumentHelp(stringLiteral: name)
    }
    let initial = field.value(of: TrainingArguments())
    let isListed = !initial.isNull && initial != .array([])
    var text = isListed ? "\(field.help) (default: \(plainText(initial)))" : field.help
    if case .choice(let names) = field.kind, isLong(names) {
        text =
            "\(field.help) One of \(names.joined(separator: ", ")). (default: \(plainText(initial)))"
    }
    return ArgumentHelp(stringLiteral: text, valueName: valueName(field.kind))
}

/// The help text of a data setting.
func dataHelp(_ name: String) -> ArgumentHelp {
    guard let field = DataSettings.field(name) else { return ArgumentHelp(stringLiteral: name) }
    return ArgumentHelp(
        stringLiteral: field.help, valueName: field.valueName ?? valueName(field.kind))
}

/// What stands for the value in a usage line.
private func valueName(_ kind: ArgumentField.Kind) -> String {
    switch kind {
    case .bool: "true|false"
    case .int: "n"
    case .number: "x"
    case .string: "text"
    case .choice(let names): isLong(names) ? "name" : names.joined(separator: "|")
    case .strings: "a,b"
    case .choices(let names): names.joined(separator: ",")
    case .object: "json"
    }
}

/// Whether names do not fit into a line behind their option.
private func isLong(_ names: [String]) -> Bool { names.joined(separator: "|").count > 40 }

/// A default as a user would type it.
private func plainText(_ value: JSONValue) -> String {
    switch value {
    case .string(let text): text
    case .array(let elements): elements.map(plainText).joined(separator: ",")
    case .double(let number) where number == number.rounded() && abs(number) < 1e15:
        String(Int(number))
    default: value.serialized()
    }
}

extension ArgumentHelp {
    fileprivate init(stringLiteral text: String, valueName: String) {
        self.init(text, valueName: valueName)
    }
}
