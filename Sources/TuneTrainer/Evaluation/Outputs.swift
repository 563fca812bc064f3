public import TuneMetrics
public import TuneTorch

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
    /// What came of the uploads to the Hub so far.
    public let pushes: PushReport
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

/// What ``Trainer/predict(_:ignoreKeys:metricKeyPrefix:)`` returns.
public struct PredictionOutput: Sendable {
    /// The model's outputs: scores first, further ones after them.
    public let outputs: [HostArray]
    /// The true labels, one array for each name of a label.
    public let targets: [HostArray]
    /// Every batch by itself, where `evalDoConcatBatches` is false; predictions and labels are
    /// empty then.
    public let batches: [EvalPrediction]
    /// Loss, metrics of `computeMetrics`, and speed, with the prefix of the split.
    public let metrics: MetricResult

    /// The model's scores, `[rows, labels]`: the first of ``outputs``.
    public var predictions: HostArray { outputs.first ?? .empty }

    /// The true labels, `[rows]`: the first of ``targets``; nil when the data has none.
    public var labelIDs: HostArray? { targets.first }
}

/// What ``Trainer/evaluationLoop(_:description:predictionLossOnly:ignoreKeys:metricKeyPrefix:)``
/// returns.
public struct EvalLoopOutput: Sendable {
    /// The model's outputs and the labels, as far as they were kept.
    public let prediction: EvalPrediction
    /// Loss and metrics of `computeMetrics`, with the prefix of the split.
    public var metrics: MetricResult
    /// The number of rows.
    public let numSamples: Int
}

/// What ``Trainer/predictionStep(_:predictionLossOnly:ignoreKeys:)`` finds out about a batch.
public struct PredictionStepOutput {
    /// The mean loss; nil without labels.
    public var loss: Tensor?
    /// The model's outputs, scores first; none where only the loss counts.
    public var logits: [Tensor]
    /// The labels, one tensor for each name of a label; none where there are none.
    public var labels: [Tensor]

    /// Creates an output.
    public init(loss: Tensor? = nil, logits: [Tensor] = [], labels: [Tensor] = []) {
        (self.loss, self.logits, self.labels) = (loss, logits, labels)
    }
}

extension PredictionOutput: CustomStringConvertible {
    /// The output as Python prints it.
    public var description: String {
        let labels = labelIDs.map(\.description) ?? "None"
        return
            "PredictionOutput(predictions=\(predictions), label_ids=\(labels), metrics=\(metrics))"
    }
}
