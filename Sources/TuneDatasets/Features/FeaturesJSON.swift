import Foundation
import TuneBase

extension Features {
    /// Features from the metadata of a Parquet schema; columns of kinds that this package does not
    /// know (images, tensors) are left out.
    init?(metadata: String) {
        guard
            let json = try? JSONValue(
                parsing: Data(metadata.utf8), source: "The schema's metadata"),
            let members = json["info"]?["features"]?.object
        else { return nil }
        self.init()
        for (name, value) in members.members { self[name] = Feature(json: value) }
    }

    /// The metadata by which `datasets` and this package know the features again.
    func metadata(fingerprint: String) -> String {
        let info: JSONValue = ["info": ["features": json], "fingerprint": .string(fingerprint)]
        return info.serialized()
    }

    var json: JSONValue { .object(JSONObject(fields.map { ($0.name, $0.feature.json) })) }
}

extension Feature {
    /// The feature of its JSON form, or nil when it is of an unknown kind.
    init?(json: JSONValue) {
        if let item = json.array?.first {
            guard let item = Feature(json: item) else { return nil }
            self = .list(item)
            return
        }
        guard let object = json.object else { return nil }
        switch object["_type"]?.string {
        case "Value":
            guard let dtype = object["dtype"]?.string else { return nil }
            self = .value(dtype)
        case "ClassLabel":
            guard let names = object["names"]?.array?.mapAll(\.string),
                let label = try? ClassLabel(names: names)
            else { return nil }
            self = .classLabel(label)
        case "Json": self = .json
        case "List", "Sequence":
            let length = object["length"]?.int ?? -1
            guard let item = object["feature"].flatMap(Feature.init(json:)) else { return nil }
            if object["_type"] == "Sequence", case .structure(let fields) = item {
                // The former Sequence of a structure is a structure of lists.
                self = .structure(fields.mapFeatures { .list($0) })
                return
            }
            self = .list(item, length: length < 0 ? nil : length)
        case "LargeList":
            guard let item = object["feature"].flatMap(Feature.init(json:)) else { return nil }
            self = .largeList(item)
        case nil:
            var fields = Features()
            for (name, value) in object.members {
                guard let field = Feature(json: value) else { return nil }
                fields[name] = field
            }
            self = .structure(fields)
        default: return nil
        }
    }

    var json: JSONValue {
        switch self {
        case .value(let dtype): return ["dtype": .string(dtype), "_type": "Value"]
        case .classLabel(let label):
            return ["names": .array(label.names.map { .string($0) }), "_type": "ClassLabel"]
        case .json: return ["decode": true, "_type": "Json"]
        case .list(let item, let length):
            var object = JSONObject([("feature", item.json)])
            if let length { object["length"] = .int(length) }
            object["_type"] = "List"
            return .object(object)
        case .largeList(let item): return ["feature": item.json, "_type": "LargeList"]
        case .structure(let fields): return fields.json
        }
    }
}
