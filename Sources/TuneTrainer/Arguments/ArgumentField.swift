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
        /// A list of the given names; a single name is accepted as a list of one.
        case choices([String])
        /// An object; text that holds one as JSON is accepted too.
        case object
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
    private let set: @Sendable (inout TrainingArguments, JSONValue, JSONPlace) throws -> Bool

    init(
        _ name: String, _ kind: Kind, isOptional: Bool = false, help: String,
        get: @escaping @Sendable (TrainingArguments) -> JSONValue,
        set: @escaping @Sendable (inout TrainingArguments, JSONValue, JSONPlace) throws -> Bool
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
    ///   - place: Where the value stands, for the message.
    /// - Throws: `TuneError` naming place and field when the value is of another kind.
    public func set(_ value: JSONValue, in arguments: inout TrainingArguments, at place: JSONPlace)
        throws
    {
        guard try set(&arguments, value, place) else { throw mismatch(value, at: place) }
    }

    /// The field with null accepted for its default, which Python writes for some fields.
    var acceptingNull: ArgumentField {
        ArgumentField(name, kind, isOptional: isOptional, help: help, get: get) {
            arguments, json, place in
            guard json.isNull else { return try set(&arguments, json, place) }
            return try set(&arguments, get(TrainingArguments()), place)
        }
    }

    private func mismatch(_ value: JSONValue, at place: JSONPlace) -> TuneError {
        if case .choice(let names) = kind, let name = value.string {
            return TuneError(
                .badConfig, "\(place): '\(self.name)' cannot be '\(name)'.",
                remedy: suggestion(for: name, among: names))
        }
        return TuneError(
            .badConfig, "\(place): '\(name)' is \(value.kind) where \(expectation) is needed.",
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
            case .choices(let names): "a list of \(names.joined(separator: ", "))"
            case .object: #"an object such as {"name": 1}"#
            }
        return isOptional ? kind + " or null" : kind
    }
}
