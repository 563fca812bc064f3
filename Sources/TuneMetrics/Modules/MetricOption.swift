/// How the scores of several labels become one.
public enum Average: String, Sendable, CaseIterable {
    /// Only the score of the positive label; for two labels.
    case binary
    /// The score of the counts of all labels together.
    case micro
    /// The mean of the labels' scores.
    case macro
    /// The mean of the labels' scores, weighted by how often each is right.
    case weighted
    /// No averaging: one score for each label.
    case none

    /// The value as Python writes it in a message.
    var pythonName: String { self == .none ? "None" : "'\(rawValue)'" }
}

/// What a ratio with a zero denominator is.
public enum ZeroDivision: Sendable {
    /// 0, with a warning.
    case warn
    case zero
    case one
    /// Not a number; averages leave it out.
    case nan

    var value: Double {
        switch self {
        case .warn, .zero: 0
        case .one: 1
        case .nan: .nan
        }
    }
}

/// A setting of one computation: what Python takes as a keyword argument of `compute`.
public enum MetricOption: Sendable {
    /// Whether `accuracy` is the fraction of right predictions (default) or their number.
    case normalize(Bool)
    /// How much each example counts, in order.
    case sampleWeight([Double])
    /// The labels to score and their order; all that occur, ascending, when not given.
    case labels([Int])
    /// The label that ``Average/binary`` scores; 1 when not given.
    case posLabel(Int)
    /// How the scores of several labels become one; ``Average/binary`` when not given.
    case average(Average)
    /// What a ratio with a zero denominator is; ``ZeroDivision/warn`` when not given.
    case zeroDivision(ZeroDivision)
    /// Whether `mse` is the mean square (default) or its root.
    case squared(Bool)

    var name: Name {
        switch self {
        case .normalize: .normalize
        case .sampleWeight: .sampleWeight
        case .labels: .labels
        case .posLabel: .posLabel
        case .average: .average
        case .zeroDivision: .zeroDivision
        case .squared: .squared
        }
    }

    enum Name: String {
        case normalize
        case sampleWeight = "sample_weight"
        case labels
        case posLabel = "pos_label"
        case average
        case zeroDivision = "zero_division"
        case squared
    }
}
