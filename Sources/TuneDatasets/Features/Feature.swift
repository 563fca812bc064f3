import TuneBase

/// What the values of one column are.
public indirect enum Feature: Sendable, Hashable {
    /// Scalars of a data type that `datasets` names: `string`, `int64`, `float32`, `timestamp[s]`.
    case value(String)
    /// Integers that stand for names.
    case classLabel(ClassLabel)
    /// Lists of items; with a length, all of that length.
    case list(Feature, length: Int? = nil)
    /// Lists whose offsets take 64 bits.
    case largeList(Feature)
    /// Values with named parts.
    case structure(Features)
    /// Values of any kind, kept as JSON text.
    case json
}

extension Feature {
    /// A class label with these names.
    public static func classLabel(names: [String]) throws -> Feature {
        .classLabel(try ClassLabel(names: names))
    }

    /// The class names, or nil when this is no class label.
    public var names: [String]? {
        if case .classLabel(let label) = self { label.names } else { nil }
    }

    /// The feature of the items of a list, or nil when this is no list.
    public var item: Feature? {
        switch self {
        case .list(let item, _), .largeList(let item): item
        default: nil
        }
    }

    /// The parts of a structure, or nil when this is none.
    public var fields: Features? {
        if case .structure(let fields) = self { fields } else { nil }
    }

    /// The feature without meaning: what Arrow's type alone says about the stored values.
    var storage: Feature {
        switch self {
        case .value(let dtype): .value(Self.canonicalNames[dtype] ?? dtype)
        case .classLabel: .value("int64")
        case .json: .value("string")
        case .list(let item, let length): .list(item.storage, length: length)
        case .largeList(let item): .largeList(item.storage)
        case .structure(let fields): .structure(fields.mapFeatures(\.storage))
        }
    }

    private static let canonicalNames = ["float": "float32", "double": "float64"]

    /// What Python calls the class of this feature.
    var pythonClass: String {
        switch self {
        case .value: "Value"
        case .classLabel: "ClassLabel"
        case .list: "List"
        case .largeList: "LargeList"
        case .structure: "dict"
        case .json: "Json"
        }
    }
}

extension Feature: CustomStringConvertible {
    /// The feature as Python prints it: `Value('string')`, `List(Value('int32'))`.
    public var description: String {
        switch self {
        case .value(let dtype): "Value(\(pythonRepr(dtype)))"
        case .classLabel(let label): label.description
        case .list(let item, let length):
            length.map { "List(\(item), length=\($0))" } ?? "List(\(item))"
        case .largeList(let item): "LargeList(\(item))"
        case .structure(let fields): fields.description
        case .json: "Json(decode=True)"
        }
    }

    /// A value of this feature as Python prints it, structures in the order of their fields.
    func describe(_ value: DataValue) -> String {
        switch (self, value) {
        case (.structure(let fields), .structure(let members)):
            let parts = fields.fields.map { field in
                "\(pythonRepr(field.name)): \(field.feature.describe(members[field.name] ?? .null))"
            }
            return "{\(parts.joined(separator: ", "))}"
        case (_, .list(let values)):
            guard let item else { return value.description }
            return "[\(values.map { item.describe($0) }.joined(separator: ", "))]"
        default: return value.description
        }
    }
}
