import TuneBase
public import TuneMetrics

/// Computes metrics from the predictions on a whole dataset.
public typealias MetricsFunction = (EvalPrediction) throws -> MetricResult

/// Computes metrics batch by batch: takes each batch in, and returns the metrics of all when
/// `computeResult` is true, which it is for the last one.
public typealias BatchMetricsFunction = (
    _ batch: EvalPrediction, _ computeResult: Bool
) throws -> MetricResult

/// The user's functions of an evaluation.
struct MetricFunctions {
    /// For whole datasets.
    let whole: MetricsFunction?
    /// For single batches.
    let batchwise: BatchMetricsFunction?

    /// - Throws: `TuneError` where a function does not fit `batchEvalMetrics`.
    init(
        whole: MetricsFunction?, batchwise: BatchMetricsFunction?, _ args: TrainingArguments
    ) throws {
        if args.batchEvalMetrics, whole != nil {
            throw TuneError(
                .badConfig, "batch_eval_metrics needs metrics that are computed batch by batch.",
                remedy: "Pass computeBatchMetrics, which takes computeResult, to Trainer.")
        }
        if !args.batchEvalMetrics, batchwise != nil {
            throw TuneError(
                .badConfig, "computeBatchMetrics is used with batch_eval_metrics only.",
                remedy: "Set batchEvalMetrics to true, or pass computeMetrics.")
        }
        (self.whole, self.batchwise) = (whole, batchwise)
    }

    /// Whether there are metrics besides the loss.
    var isEmpty: Bool { whole == nil && batchwise == nil }
}

extension MetricResult {
    /// The metrics of an evaluation in Python's order, named with the split's prefix: those of the
    /// user that have it already, the loss, the time of preparation, then the others.
    init(
        _ computed: MetricResult, loss: Double?, preparationTime: Double?, prefix: String
    ) {
        self.init()
        let isPrefixed = { (name: String) in name.hasPrefix("\(prefix)_") }
        for (name, value) in computed.entries where isPrefixed(name) { set(name, value) }
        if let loss { self["\(prefix)_loss"] = loss }
        if let preparationTime { self["\(prefix)_model_preparation_time"] = preparationTime }
        for (name, value) in computed.entries where !isPrefixed(name) {
            set("\(prefix)_\(name)", value)
        }
    }
}
