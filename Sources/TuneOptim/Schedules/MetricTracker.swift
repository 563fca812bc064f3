import TuneBase

/// Whether lower or higher metrics are better.
enum MetricDirection: String, CaseIterable {
    case min, max

    /// What every first metric is better than.
    var worst: Double { self == .min ? .infinity : -.infinity }
}

/// How a threshold counts: as a share of the best metric, or as it is.
enum ThresholdMode: String, CaseIterable {
    case rel, abs
}

/// Tells whether a metric is better than the best so far, by more than a threshold.
struct MetricTracker {
    let direction: MetricDirection
    let mode: ThresholdMode
    let threshold: Double
    var best: Double

    init(_ arguments: ScheduleArguments, threshold: Double, mode: ThresholdMode) throws {
        direction = try arguments.choice("mode", default: MetricDirection.min)
        self.mode = try arguments.choice("threshold_mode", default: mode)
        self.threshold = try arguments.double("threshold", default: threshold)
        best = direction.worst
    }

    /// Whether `metric` is better; keeps it then.
    mutating func improves(_ metric: Double) -> Bool {
        guard isBetter(metric) else { return false }
        best = metric
        return true
    }

    private func isBetter(_ metric: Double) -> Bool {
        switch (direction, mode) {
        case (.min, .rel): metric < best * (1 - threshold)
        case (.min, .abs): metric < best - threshold
        case (.max, .rel): metric > best * (1 + threshold)
        case (.max, .abs): metric > best + threshold
        }
    }
}

/// The part of a schedule that follows a metric.
protocol MetricRule {
    /// The learning rates of all groups after one more metric.
    mutating func rates(after metric: Double, from rates: [Double]) -> [Double]
    /// What a saved state holds of the rule, by Python's names.
    var values: JSONObject { get }
    /// The same rule in the state that was saved.
    func restored(from saved: JSONFields) throws -> any MetricRule
}
