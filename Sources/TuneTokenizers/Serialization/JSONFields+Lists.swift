import TuneBase

extension JSONFields {
    /// The elements of an array member, read one by one.
    func list<Element>(_ key: String, _ read: (JSONValue) throws -> Element) throws -> [Element] {
        guard let elements = object[key]?.array else {
            throw TuneError(
                .badConfig, "\(source): '\(key)' is no array.",
                remedy: "Restore the file or download it again.")
        }
        return try elements.map(read)
    }

    /// The members of an object member.
    func members(_ key: String) throws -> [(key: String, value: JSONValue)] {
        guard let members = object[key]?.object?.members else {
            throw TuneError(
                .badConfig, "\(source): '\(key)' is no object.",
                remedy: "Restore the file or download it again.")
        }
        return members
    }

    /// A true-or-false member that may be null or absent.
    func optionalBool(_ key: String) throws -> Bool? {
        guard let value = object[key], !value.isNull else { return nil }
        return try bool(key)
    }

    /// An integer member that may be null or absent.
    func optionalInt(_ key: String) throws -> Int? {
        guard let value = object[key], !value.isNull else { return nil }
        return try int(key)
    }
}

extension JSONValue {
    /// The converted value, or an error that says what was expected.
    func required<Result>(
        _ convert: (JSONValue) -> Result?, _ expected: String, _ source: String
    ) throws -> Result {
        guard let result = convert(self) else {
            throw TuneError(.badConfig, "\(source) holds \(kind) where \(expected) is needed.")
        }
        return result
    }
}

extension String {
    /// Whether both texts are the same bytes; Swift's `==` compares up to canonical equivalence.
    func hasSameBytes(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
