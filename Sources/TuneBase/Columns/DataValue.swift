/// One cell of a dataset.
public enum DataValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case int(Int)
    case double(Double)
    case string(String)
    case list([DataValue])
    case structure([String: DataValue])
    case binary([UInt8])
}

extension DataValue {
    /// The integer, or nil for another kind.
    public var int: Int? { if case .int(let value) = self { value } else { nil } }
    /// The text, or nil for another kind.
    public var string: String? { if case .string(let value) = self { value } else { nil } }
    /// The truth value, or nil for another kind.
    public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    /// The number, integers included, or nil for another kind.
    public var double: Double? {
        switch self {
        case .double(let value): value
        case .int(let value): Double(value)
        default: nil
        }
    }
    /// The elements, or nil for another kind.
    public var list: [DataValue]? { if case .list(let value) = self { value } else { nil } }

    /// What the value is called in an error message.
    public var kind: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .int: "an integer"
        case .double: "a number"
        case .string: "text"
        case .list: "a list"
        case .structure: "a structure"
        case .binary: "binary data"
        }
    }
}

extension DataValue: CustomStringConvertible {
    /// The value as Python prints it.
    public var description: String {
        switch self {
        case .null: "None"
        case .bool(let value): pythonRepr(value)
        case .int(let value): String(value)
        case .double(let value): pythonRepr(value)
        case .string(let value): pythonRepr(value)
        case .list(let values): "[\(values.map(\.description).joined(separator: ", "))]"
        case .structure(let fields):
            "{"
                + fields.sorted { $0.key < $1.key }
                .map { "\(pythonRepr($0.key)): \($0.value)" }.joined(separator: ", ") + "}"
        case .binary(let bytes): "<\(bytes.count) bytes>"
        }
    }
}
