import TuneBase

/// The options of one computation, with the defaults of the reference implementation.
struct MetricSettings {
    private(set) var normalize = true
    private(set) var sampleWeight: [Double]?
    private(set) var labels: [Int]?
    private(set) var posLabel = 1
    private(set) var average = Average.binary
    private(set) var zeroDivision = ZeroDivision.warn
    private(set) var squared = true

    init(
        _ options: [MetricOption], accepting accepted: [MetricOption.Name], of metric: String
    ) throws {
        for option in options {
            guard accepted.contains(option.name) else {
                throw TuneError(
                    .badConfig, "The metric '\(metric)' has no option '\(option.name.rawValue)'.",
                    remedy: accepted.isEmpty
                        ? "It has no options."
                        : "It has: \(accepted.map(\.rawValue).joined(separator: ", ")).")
            }
            apply(option)
        }
    }

    private mutating func apply(_ option: MetricOption) {
        switch option {
        case .normalize(let flag): normalize = flag
        case .sampleWeight(let weights): sampleWeight = weights
        case .labels(let values): labels = values
        case .posLabel(let label): posLabel = label
        case .average(let method): average = method
        case .zeroDivision(let policy): zeroDivision = policy
        case .squared(let flag): squared = flag
        }
    }

    /// Refuses weights that do not fit the number of examples.
    func checkWeights(_ count: Int) throws {
        guard let sampleWeight else { return }
        guard sampleWeight.count == count else {
            throw TuneError(
                .badData,
                "Found input variables with inconsistent numbers of samples:"
                    + " [\(count), \(count), \(sampleWeight.count)].",
                remedy: "Pass one sample weight for each example.")
        }
        guard sampleWeight.allSatisfy(\.isFinite) else {
            throw TuneError(.badData, "A sample weight is NaN or infinite.")
        }
        guard sampleWeight.contains(where: { $0 != 0 }) else {
            throw TuneError(
                .badData, "Sample weights must contain at least one non-zero number.")
        }
    }
}
