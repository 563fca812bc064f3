public import TuneMetrics

/// What ``Trainer/train()`` returns.
public struct TrainOutput: Sendable {
    /// Optimizer steps done.
    public let globalStep: Int
    /// The mean of the training loss over these steps.
    public let trainingLoss: Double
    /// Runtime, throughput, operations, loss and epochs.
    public let metrics: MetricResult
    /// Seconds that the steps waited for their batches; Python has no such figure.
    public let dataWait: Double
}

extension TrainOutput: CustomStringConvertible {
    /// The output as Python prints it.
    public var description: String {
        "TrainOutput(global_step=\(globalStep), training_loss=\(trainingLoss), metrics=\(metrics))"
    }
}

extension TrainOutput {
    /// How long the steps waited for data, in a sentence for people.
    public var dataWaitSummary: String {
        let each = rounded(dataWait / Double(max(1, globalStep)) * 1000, digits: 3)
        return "Waited \(rounded(dataWait, digits: 3)) s for data, \(each) ms per step."
    }
}

/// What ``Trainer/predict(_:metricKeyPrefix:)`` returns.
public struct PredictionOutput: Sendable {
    /// The model's scores, `[rows, labels]`.
    public let predictions: HostArray
    /// The true labels, `[rows]`; nil when the data has none.
    public let labelIDs: HostArray?
    /// Loss, metrics of `computeMetrics`, and speed, with the prefix of the split.
    public let metrics: MetricResult
}

extension PredictionOutput: CustomStringConvertible {
    /// The output as Python prints it.
    public var description: String {
        let labels = labelIDs.map(\.description) ?? "None"
        return
            "PredictionOutput(predictions=\(predictions), label_ids=\(labels), metrics=\(metrics))"
    }
}

/// What `computeMetrics` receives: predictions and true labels of the whole dataset.
public struct EvalPrediction: Sendable {
    /// The model's scores, `[rows, labels]`.
    public let predictions: HostArray
    /// The true labels, `[rows]`.
    public let labelIDs: HostArray

    /// Pairs predictions with labels.
    public init(predictions: HostArray, labelIDs: HostArray) {
        (self.predictions, self.labelIDs) = (predictions, labelIDs)
    }

    /// Both, for `let (logits, labels) = prediction.unpacked`.
    public var unpacked: (predictions: HostArray, labelIDs: HostArray) { (predictions, labelIDs) }
}
