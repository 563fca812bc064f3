public import TuneBase

/// One field of ``TrainingArguments`` as configuration files and the command line see it.
public struct ArgumentField: Sendable {
    /// What values a field takes.
    public enum Kind: Sendable, Equatable {
        case bool
        case int
        case number
        case string
        /// One of the given names.
        case choice([String])
        /// A list of names; a single name is accepted as a list of one.
        case strings
    }

    /// The Python name: `learning_rate`.
    public let name: String
    /// What values it takes.
    public let kind: Kind
    /// Whether it may be absent (`null`).
    public let isOptional: Bool
    /// One sentence for help texts.
    public let help: String

    private let get: @Sendable (TrainingArguments) -> JSONValue
    private let set: @Sendable (inout TrainingArguments, JSONValue) -> Bool

    init(
        _ name: String, _ kind: Kind, isOptional: Bool = false, help: String,
        get: @escaping @Sendable (TrainingArguments) -> JSONValue,
        set: @escaping @Sendable (inout TrainingArguments, JSONValue) -> Bool
    ) {
        (self.name, self.kind, self.isOptional, self.help) = (name, kind, isOptional, help)
        (self.get, self.set) = (get, set)
    }

    /// The field's value.
    public func value(of arguments: TrainingArguments) -> JSONValue { get(arguments) }

    /// Gives the field a value.
    ///
    /// - Parameters:
    ///   - value: The value, of the field's kind.
    ///   - arguments: What is changed.
    ///   - source: Where the value comes from, for the message: a file, `the command line`.
    /// - Throws: `TuneError` naming source and field when the value is of another kind.
    public func set(_ value: JSONValue, in arguments: inout TrainingArguments, source: String)
        throws
    {
        guard set(&arguments, value) else { throw mismatch(value, source: source) }
    }

    private func mismatch(_ value: JSONValue, source: String) -> TuneError {
        if case .choice(let names) = kind, let name = value.string {
            return TuneError(
                .badConfig, "\(source): '\(self.name)' cannot be '\(name)'.",
                remedy: suggestion(for: name, among: names))
        }
        return TuneError(
            .badConfig, "\(source): '\(name)' is \(value.kind) where \(expectation) is needed.",
            remedy: help)
    }

    private var expectation: String {
        let kind =
            switch self.kind {
            case .bool: "true or false"
            case .int: "an integer"
            case .number: "a number"
            case .string: "a string"
            case .choice(let names): "one of \(names.joined(separator: ", "))"
            case .strings: "a list of strings"
            }
        return isOptional ? kind + " or null" : kind
    }
}

extension ArgumentField {
    typealias Path<Value> = any WritableKeyPath<TrainingArguments, Value> & Sendable

    static func bool(_ name: String, _ path: Path<Bool>, _ help: String) -> ArgumentField {
        required(name, .bool, path, help, { .bool($0) }, \.bool)
    }

    static func int(_ name: String, _ path: Path<Int>, _ help: String) -> ArgumentField {
        required(name, .int, path, help, { .int($0) }, \.int)
    }

    static func number(_ name: String, _ path: Path<Double>, _ help: String) -> ArgumentField {
        required(name, .number, path, help, { .double($0) }, \.double)
    }

    static func string(_ name: String, _ path: Path<String>, _ help: String) -> ArgumentField {
        required(name, .string, path, help, { .string($0) }, \.string)
    }

    static func strings(_ name: String, _ path: Path<[String]>, _ help: String) -> ArgumentField {
        required(name, .strings, path, help, encode(names:), names(in:))
    }

    static func choice<Choice: RawRepresentable<String> & CaseIterable & Sendable>(
        _ name: String, _ path: Path<Choice>, _ help: String
    ) -> ArgumentField {
        required(
            name, .choice(Choice.allCases.map(\.rawValue)), path, help, { .string($0.rawValue) },
            { $0.string.flatMap(Choice.init(rawValue:)) })
    }

    static func bool(_ name: String, _ path: Path<Bool?>, _ help: String) -> ArgumentField {
        optional(name, .bool, path, help, { .bool($0) }, \.bool)
    }

    static func int(_ name: String, _ path: Path<Int?>, _ help: String) -> ArgumentField {
        optional(name, .int, path, help, { .int($0) }, \.int)
    }

    static func number(_ name: String, _ path: Path<Double?>, _ help: String) -> ArgumentField {
        optional(name, .number, path, help, { .double($0) }, \.double)
    }

    static func string(_ name: String, _ path: Path<String?>, _ help: String) -> ArgumentField {
        optional(name, .string, path, help, { .string($0) }, \.string)
    }

    static func strings(_ name: String, _ path: Path<[String]?>, _ help: String) -> ArgumentField {
        optional(name, .strings, path, help, encode(names:), names(in:))
    }

    private static func required<Value>(
        _ name: String, _ kind: Kind, _ path: Path<Value>, _ help: String,
        _ encode: @escaping @Sendable (Value) -> JSONValue,
        _ decode: @escaping @Sendable (JSONValue) -> Value?
    ) -> ArgumentField {
        ArgumentField(
            name, kind, help: help, get: { encode($0[keyPath: path]) },
            set: { arguments, json in
                guard let value = decode(json) else { return false }
                arguments[keyPath: path] = value
                return true
            })
    }

    private static func optional<Value>(
        _ name: String, _ kind: Kind, _ path: Path<Value?>, _ help: String,
        _ encode: @escaping @Sendable (Value) -> JSONValue,
        _ decode: @escaping @Sendable (JSONValue) -> Value?
    ) -> ArgumentField {
        ArgumentField(
            name, kind, isOptional: true, help: help,
            get: { $0[keyPath: path].map(encode) ?? .null },
            set: { arguments, json in
                let value = decode(json)
                guard value != nil || json.isNull else { return false }
                arguments[keyPath: path] = value
                return true
            })
    }
}

private func encode(names: [String]) -> JSONValue { .array(names.map(JSONValue.string)) }

private func names(in json: JSONValue) -> [String]? {
    if let name = json.string { return [name] }
    return json.array?.mapAll(\.string)
}
