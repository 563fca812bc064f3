public import TuneBase

extension TrainingArguments {
    /// Arguments from a configuration with Python's field names; absent fields keep their
    /// defaults.
    ///
    /// - Parameters:
    ///   - json: An object.
    ///   - source: What it is, for messages: the name of a file.
    /// - Throws: `TuneError` for a name that is not a field, with the nearest field or what became
    ///   of it, and for values of the wrong kind.
    public init(json: JSONValue, source: String) throws {
        guard let object = json.object else {
            throw TuneError(.badConfig, "\(source) holds \(json.kind) where an object is needed.")
        }
        self.init()
        for (name, value) in object.members { try set(name, value, source: source) }
    }

    /// Gives one field a value.
    ///
    /// - Parameters:
    ///   - name: The Python name of the field.
    ///   - value: The value.
    ///   - source: Where it comes from, for messages.
    /// A field of Python's class that is not available here may have Python's default value, which
    /// asks for nothing.
    ///
    /// - Throws: `TuneError` for an unknown name, a value of the wrong kind, and another value of a
    ///   field that is not available.
    public mutating func set(_ name: String, _ value: JSONValue, source: String) throws {
        if let field = Self.field(name) {
            try field.set(value, in: &self, source: source)
        } else if let foreign = ForeignArguments.named(name) {
            guard value == foreign.pythonDefault else {
                throw TuneError(
                    .badConfig, "\(source): '\(name)' is not available here.",
                    remedy: foreign.advice)
            }
        } else {
            throw Self.unknownField(name, source: source)
        }
    }

    /// All fields by their Python names.
    public func toJSON() -> JSONValue {
        .object(JSONObject(Self.fields.map { ($0.name, $0.value(of: self)) }))
    }

    private static func unknownField(_ name: String, source: String) -> TuneError {
        if let advice = ForeignArguments.formerNames[name] {
            return TuneError(
                .badConfig, "\(source): '\(name)' is not a training argument.", remedy: advice)
        }
        let known = fields.map(\.name)
        let remedy =
            nearestName(to: name, in: known).map { "Did you mean '\($0)'?" }
            ?? "Known: \(known.joined(separator: ", "))."
        return TuneError(
            .badConfig, "\(source): '\(name)' is not a training argument.", remedy: remedy)
    }
}
