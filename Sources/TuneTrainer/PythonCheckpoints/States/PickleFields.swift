import TuneBase

/// Typed access to a dictionary of Python, with errors that name file and key.
struct PickleFields {
    /// The members.
    let dictionary: PickleDictionary
    /// What the dictionary is, for messages.
    let source: String

    /// Wraps `value`, which must be a dictionary.
    init(_ value: PickleValue?, source: String) throws {
        guard case .dictionary(let dictionary) = value else {
            throw TuneError(
                .badData,
                "\(source) holds \(value?.kind ?? "nothing") where a dictionary is needed.",
                remedy: "Use the file as the Python Trainer wrote it.")
        }
        (self.dictionary, self.source) = (dictionary, source)
    }

    /// Whether there is such a member.
    func has(_ key: String) -> Bool { dictionary[key] != nil }

    /// A number.
    func double(_ key: String) throws -> Double {
        switch dictionary[key] {
        case .double(let value): value
        case .int(let value): Double(value)
        default: throw misfit(key, "a number")
        }
    }

    /// An integer.
    func int(_ key: String) throws -> Int {
        guard case .int(let value) = dictionary[key] else { throw misfit(key, "an integer") }
        return value
    }

    /// A truth value.
    func bool(_ key: String) throws -> Bool {
        guard case .bool(let value) = dictionary[key] else { throw misfit(key, "a truth value") }
        return value
    }

    /// A number, or nil for `None`.
    func optionalDouble(_ key: String) throws -> Double? {
        if case .none? = dictionary[key] { nil } else { try double(key) }
    }

    /// The elements of a list or tuple.
    func list(_ key: String) throws -> [PickleValue] {
        guard case .sequence(let sequence) = dictionary[key] else { throw misfit(key, "a list") }
        return sequence.items
    }

    /// A list of numbers.
    func doubles(_ key: String) throws -> [Double] {
        try list(key).map { item in
            switch item {
            case .double(let value): value
            case .int(let value): Double(value)
            default: throw misfit(key, "a list of numbers")
            }
        }
    }

    /// A list of integers.
    func ints(_ key: String) throws -> [Int] {
        try list(key).map { item in
            guard case .int(let value) = item else { throw misfit(key, "a list of integers") }
            return value
        }
    }

    private func misfit(_ key: String, _ needed: String) -> TuneError {
        TuneError(
            .badData,
            "\(source): '\(key)' is \(dictionary[key]?.kind ?? "missing") where \(needed) is needed.",
            remedy: "Use the file as the Python Trainer wrote it.")
    }
}
