public import TuneBase

/// One score, or one for each label where ``Average/none`` was asked for.
public enum MetricValue: Sendable, Hashable {
    case score(Double)
    case perLabel([Double])
}

/// Scores by name, in the order in which they were computed.
public struct MetricResult: Sendable, Hashable {
    /// The names with their values in order.
    public private(set) var entries: [(name: String, value: MetricValue)] = []

    /// Creates a result without scores.
    public init() {}

    /// The names in order.
    public var names: [String] { entries.map(\.name) }

    /// The single scores in order, without those that hold one value for each label.
    public var scores: [(name: String, score: Double)] {
        entries.compactMap { entry in self[entry.name].map { (entry.name, $0) } }
    }

    /// A single score; setting replaces it in place or appends it, setting nil removes it.
    public subscript(name: String) -> Double? {
        get { if case .score(let score) = value(name) { score } else { nil } }
        set {
            if let newValue {
                set(name, .score(newValue))
            } else {
                entries.removeAll { $0.name == name }
            }
        }
    }

    /// The scores for each label, or nil when `name` is missing or a single score.
    public func perLabel(_ name: String) -> [Double]? {
        if case .perLabel(let scores) = value(name) { scores } else { nil }
    }

    /// The value of a name, or nil when it is missing.
    public func value(_ name: String) -> MetricValue? {
        entries.first { $0.name == name }?.value
    }

    /// Replaces the value of a name in place, or appends it.
    public mutating func set(_ name: String, _ value: MetricValue) {
        if let position = entries.firstIndex(where: { $0.name == name }) {
            entries[position].value = value
        } else {
            entries.append((name, value))
        }
    }

    /// These scores with those of `other` added or replaced.
    public func merging(_ other: MetricResult) -> MetricResult {
        other.entries.reduce(into: self) { $0.set($1.name, $1.value) }
    }

    /// These scores with `prefix` before each name, such as `eval_`.
    public func prefixed(_ prefix: String) -> MetricResult {
        entries.reduce(into: MetricResult()) { $0.set(prefix + $1.name, $1.value) }
    }

    /// The scores as a JSON object; NaN is written as Python's `json` does.
    public var asJSON: JSONObject {
        JSONObject(
            entries.map { name, value in
                switch value {
                case .score(let score): (name, .double(score))
                case .perLabel(let scores): (name, .array(scores.map(JSONValue.double)))
                }
            })
    }

    /// Whether both hold the same names with the same values in the same order.
    public static func == (a: MetricResult, b: MetricResult) -> Bool {
        a.entries.elementsEqual(b.entries) { $0 == $1 }
    }

    /// Hashes names and values.
    public func hash(into hasher: inout Hasher) {
        for (name, value) in entries {
            hasher.combine(name)
            hasher.combine(value)
        }
    }
}

extension MetricResult: ExpressibleByDictionaryLiteral {
    /// Creates a result from names and scores; a later score replaces one of the same name.
    public init(dictionaryLiteral elements: (String, Double)...) {
        for (name, score) in elements { self[name] = score }
    }
}

extension MetricResult: CustomStringConvertible {
    /// The scores as Python prints a dictionary.
    public var description: String {
        let members = entries.map { name, value in "\(pythonRepr(name)): \(value)" }
        return "{\(members.joined(separator: ", "))}"
    }
}

extension MetricValue: CustomStringConvertible {
    /// The value as Python prints a number or a list of numbers.
    public var description: String {
        switch self {
        case .score(let score): pythonRepr(score)
        case .perLabel(let scores): "[\(scores.map { pythonRepr($0) }.joined(separator: ", "))]"
        }
    }
}
