import TuneBase

extension Features {
    /// Features from the `features:` list of a dataset card.
    ///
    /// - Throws: `TuneError` for an entry without a name or of an unknown kind.
    init(card: JSONValue, source: String) throws {
        guard let entries = card.array else {
            throw TuneError(
                .badConfig, "\(source): 'features' is \(card.kind) where a list is needed.")
        }
        self.init()
        for entry in entries {
            guard let name = entry["name"]?.string else {
                throw TuneError(
                    .badConfig, "\(source): an entry of 'features' has no 'name'.",
                    remedy: "Write '- name: text' and 'dtype: string'.")
            }
            self[name] = try Feature(card: entry, name: name, source: source)
        }
    }
}

extension Feature {
    /// The feature of one entry: `dtype: string`, `list: int32`, `struct: […]`, `class_label: …`.
    fileprivate init(card entry: JSONValue, name: String, source: String) throws {
        func nested(_ value: JSONValue) throws -> Feature {
            if let dtype = value.string { return .value(dtype) }
            if value.array != nil { return .structure(try Features(card: value, source: source)) }
            return try Feature(card: value, name: name, source: source)
        }
        if let dtype = entry["dtype"] {
            self = try nested(dtype)
        } else if let item = entry["list"] {
            self = .list(try nested(item), length: entry["length"]?.int)
        } else if let item = entry["large_list"] {
            self = .largeList(try nested(item))
        } else if let item = entry["sequence"] {
            let item = try nested(item)
            // The former Sequence of a structure is a structure of lists.
            let fields = item.fields?.mapFeatures { Feature.list($0) }
            self = fields.map { .structure($0) } ?? .list(item, length: entry["length"]?.int)
        } else if let fields = entry["struct"] {
            self = .structure(try Features(card: fields, source: source))
        } else if let label = entry["class_label"] {
            self = .classLabel(try ClassLabel(card: label, name: name, source: source))
        } else if entry["json"] != nil {
            self = .json
        } else {
            throw TuneError(
                .badConfig, "\(source): the feature '\(name)' is of an unknown kind.",
                remedy: "Use dtype, list, struct or class_label.")
        }
    }
}

extension ClassLabel {
    /// The label of `class_label:`, whose names are a list or numbered.
    fileprivate init(card: JSONValue, name: String, source: String) throws {
        if let names = card["names"]?.array?.mapAll(\.text) {
            try self.init(names: names)
            return
        }
        guard let members = card["names"]?.object?.members else {
            throw TuneError(
                .badConfig, "\(source): the class label '\(name)' has no names.",
                remedy: "Write the names below 'class_label: names:'.")
        }
        let numbered = members.compactMap { member in
            Int(member.key).flatMap { number in member.value.text.map { (number, $0) } }
        }.sorted { $0.0 < $1.0 }
        guard numbered.count == members.count,
            numbered.map(\.0) == Array(0..<members.count)
        else {
            throw TuneError(
                .badConfig,
                "\(source): ClassLabel '\(name)' expected a value for all label ids [0:\((numbered.last?.0 ?? 0) + 1)] but some ids are missing."
            )
        }
        try self.init(names: numbered.map(\.1))
    }
}

extension JSONValue {
    /// A scalar as text: YAML reads class names such as 1 or true as numbers and truth values.
    var text: String? {
        switch self {
        case .string(let text): text
        case .int(let value): String(value)
        case .double(let value): pythonRepr(value)
        case .bool(let value): pythonRepr(value)
        case .null, .array, .object: nil
        }
    }
}
