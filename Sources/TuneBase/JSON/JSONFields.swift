/// Typed access to the members of a configuration object, with errors that name file and key.
public struct JSONFields: Sendable {
    /// The members.
    public let object: JSONObject
    /// What the object is, for messages (`config.json`).
    public let source: String

    /// Wraps `value`, which must be an object.
    public init(_ value: JSONValue, source: String) throws {
        guard let object = value.object else {
            throw TuneError(.badConfig, "\(source) holds \(value.kind) where an object is needed.")
        }
        self.object = object
        self.source = source
    }

    /// An integer member.
    public func int(_ key: String, default fallback: Int? = nil) throws -> Int {
        try field(key, "an integer", fallback, \.int)
    }

    /// A number member.
    public func double(_ key: String, default fallback: Double? = nil) throws -> Double {
        try field(key, "a number", fallback, \.double)
    }

    /// A text member.
    public func string(_ key: String, default fallback: String? = nil) throws -> String {
        try field(key, "a string", fallback, \.string)
    }

    /// A true-or-false member.
    public func bool(_ key: String, default fallback: Bool? = nil) throws -> Bool {
        try field(key, "a boolean", fallback, \.bool)
    }

    private func field<T>(
        _ key: String, _ expected: String, _ fallback: T?, _ convert: (JSONValue) -> T?
    ) throws -> T {
        guard let value = object[key], !value.isNull else {
            if let fallback { return fallback }
            throw TuneError(.badConfig, "\(source) has no '\(key)'.", remedy: "Add it to the file.")
        }
        guard let result = convert(value) else {
            throw TuneError(
                .badConfig, "\(source): '\(key)' is \(value.kind) where \(expected) is needed.")
        }
        return result
    }
}
