/// Which rows are filled up to which length.
public enum PaddingStrategy: Hashable, Sendable, ExpressibleByBooleanLiteral {
    /// No padding.
    case none
    /// Up to the longest row of the batch.
    case longest
    /// Up to the given maximum length, or the model's.
    case maxLength

    /// Creates ``longest`` from true, ``none`` from false.
    public init(booleanLiteral value: Bool) { self = value ? .longest : .none }
}

/// Which of the sequences of a row gives way when the row is too long.
public enum TruncationStrategy: Hashable, Sendable, ExpressibleByBooleanLiteral {
    /// ``longestFirst`` when a maximum length is given without padding, else ``none``.
    case automatic
    /// No truncation.
    case none
    /// The longer sequence until both are equally long, then both.
    case longestFirst
    /// The first sequence only.
    case onlyFirst
    /// The second sequence only.
    case onlySecond

    /// Creates ``longestFirst`` from true, ``none`` from false.
    public init(booleanLiteral value: Bool) { self = value ? .longestFirst : .none }
}

/// A side of a row.
public enum Side: String, Hashable, Sendable {
    /// The beginning.
    case left
    /// The end.
    case right
}
