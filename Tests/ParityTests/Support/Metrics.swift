import FineTuneKit

/// The share of rows whose highest score is the label's; more where the arguments ask for it.
func accuracy(_ prediction: EvalPrediction) throws -> MetricResult {
    let (logits, labels) = prediction.unpacked
    let hits = zip(logits.argmax(axis: -1), labels.ints).count { $0 == $1 }
    var metrics: MetricResult = ["accuracy": Double(hits) / Double(labels.count)]
    if let inputs = prediction.inputs {
        metrics["tokens"] = Double(inputs.ints.count { $0 > 0 })
    }
    if let losses = prediction.losses {
        metrics["mean_loss"] = losses.map(Double.init).reduce(0, +) / Double(losses.count)
    }
    return metrics
}

/// The accuracy, from counts that grow batch by batch.
final class BatchAccuracy {
    private var hits = 0
    private var rows = 0

    /// Takes a batch in; the last one brings the result.
    func add(_ batch: EvalPrediction, computeResult: Bool) -> MetricResult {
        let (logits, labels) = batch.unpacked
        hits += zip(logits.argmax(axis: -1), labels.ints).count { $0 == $1 }
        rows += labels.count
        guard computeResult else { return [:] }
        defer { (hits, rows) = (0, 0) }
        return ["accuracy": Double(hits) / Double(rows), "rows": Double(rows)]
    }
}
