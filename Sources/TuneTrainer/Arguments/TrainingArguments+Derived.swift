import TuneBase
import TuneOptim

extension TrainingArguments {
    /// The rows of an evaluation batch.
    public var evalBatchSize: Int { perDeviceEvalBatchSize }

    /// The rows of a training batch.
    public var trainBatchSize: Int { perDeviceTrainBatchSize }

    /// The metric that tells which model is best, where one is needed.
    public var bestModelMetric: String? {
        metricForBestModel
            ?? (loadBestModelAtEnd || saveStrategy == .best || isScheduledByMetric ? "loss" : nil)
    }

    /// Whether a larger ``bestModelMetric`` is better: unless its name ends in `loss`.
    public var isGreaterBetter: Bool {
        greaterIsBetter ?? !(bestModelMetric ?? "loss").hasSuffix("loss")
    }

    /// Whether the schedule follows an evaluation metric.
    var isScheduledByMetric: Bool { lrSchedulerType.followsMetric }

    /// The number of warm-up steps of a training of `total` steps.
    public func warmupSteps(of total: Int) -> Int {
        warmupSteps >= 1 ? Int(warmupSteps) : Int((Double(total) * warmupSteps).rounded(.up))
    }

    /// Whether activations are recomputed in the backward pass, by either name of the field.
    public var checkpointsActivations: Bool {
        activationCheckpointing ?? gradientCheckpointing ?? false
    }

    /// Of how many layers one keeps its input when activations are recomputed; 1 recomputes each
    /// layer on its own.
    public var activationCheckpointingInterval: Int {
        let settings = activationCheckpointingKwargs ?? gradientCheckpointingKwargs
        return settings?["every_n_layers"]?.int ?? 1
    }
}
