import Foundation
import TuneBase

extension DataValue {
    /// The value that a JSON text describes.
    init(json text: String) throws {
        self.init(try JSONValue(parsing: Data(text.utf8), source: "A JSON value of the dataset"))
    }

    /// The value of a JSON document; the order of members is lost.
    init(_ json: JSONValue) {
        switch json {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .int(let value): self = .int(value)
        case .double(let value): self = .double(value)
        case .string(let value): self = .string(value)
        case .array(let values): self = .list(values.map(DataValue.init))
        case .object(let object):
            var members: [String: DataValue] = [:]
            for (key, value) in object.members { members[key] = DataValue(value) }
            self = .structure(members)
        }
    }

    /// The value as JSON, structures in the order that `feature` gives.
    func json(as feature: Feature?) -> JSONValue {
        switch self {
        case .null: return .null
        case .bool(let value): return .bool(value)
        case .int(let value): return .int(value)
        case .double(let value): return value.isFinite ? .double(value) : .null
        case .string(let value): return .string(value)
        case .list(let values): return .array(values.map { $0.json(as: feature?.item) })
        case .structure(let members):
            let order = feature?.fields?.names ?? members.keys.sorted()
            return .object(
                JSONObject(
                    order.map { name in
                        (name, (members[name] ?? .null).json(as: feature?.fields?[name]))
                    }))
        case .binary(let bytes): return .string(Data(bytes).base64EncodedString())
        }
    }
}
