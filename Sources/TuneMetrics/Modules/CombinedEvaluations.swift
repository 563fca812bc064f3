/// Several metrics that are fed and computed as one.
///
/// A score's name stays as it is while it is unique; otherwise it becomes `metric_score`, or
/// `metric_0_score`, `metric_1_score` when the metrics have the same name too.
public final class CombinedEvaluations: Metric {
    /// The metrics in order, each with the name that serves as prefix.
    public let modules: [(name: String, module: EvaluationModule)]
    /// Whether every score gets its metric's name as prefix.
    public let forcePrefix: Bool

    init(_ modules: [(String, EvaluationModule)], forcePrefix: Bool) {
        self.modules = modules.map { (name: $0.0, module: $0.1) }
        self.forcePrefix = forcePrefix
    }

    /// Stores predictions with their references in every metric.
    ///
    /// - Parameters:
    ///   - predictions: What the model said.
    ///   - references: What is right, in the same order.
    /// - Throws: `TuneError` when the numbers of both differ, or a value does not fit.
    public func addBatch(
        predictions: [some MetricInput], references: [some MetricInput]
    ) throws {
        for (_, module) in modules {
            try module.addBatch(predictions: predictions, references: references)
        }
    }

    /// Computes the scores of everything stored, then forgets it.
    ///
    /// - Parameter options: Passed to every metric, each of which must accept them.
    /// - Returns: The scores of all metrics in order.
    /// - Throws: `TuneError` when one of the metrics cannot be computed.
    public func compute(options: [MetricOption]) throws -> MetricResult {
        let results = try modules.map { try $0.module.compute(options: options) }
        let scoreCounts = occurrences(results.flatMap(\.names))
        let moduleCounts = occurrences(modules.map(\.name))
        var used: [String: Int] = [:]
        var merged = MetricResult()
        for ((name, _), result) in zip(modules, results) {
            let position = used[name, default: 0]
            used[name] = position + 1
            let prefix = moduleCounts[name, default: 0] > 1 ? "\(name)_\(position)_" : "\(name)_"
            for (score, value) in result.entries {
                let needsPrefix = forcePrefix || scoreCounts[score, default: 0] > 1
                merged.set(needsPrefix ? prefix + score : score, value)
            }
        }
        return merged
    }
}

private func occurrences(_ names: [String]) -> [String: Int] {
    names.reduce(into: [:]) { $0[$1, default: 0] += 1 }
}
