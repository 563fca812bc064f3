public import TuneBase
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
    var isScheduledByMetric: Bool {
        ["reduce_lr_on_plateau", "greedy"].contains(lrSchedulerType.rawValue)
    }

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

    /// The settings of `optimArgs` by their names; numbers, `True`, `False` and `None` as such.
    ///
    /// - Throws: `TuneError` for a part that is not `name=value`.
    public func optimOptions() throws -> JSONObject {
        var options = JSONObject()
        for part in (optimArgs ?? "").replacing(" ", with: "").split(separator: ",") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2, !pair[0].isEmpty, !pair[1].isEmpty else {
                throw TuneError(
                    .badConfig, "optim_args has '\(part)' where name=value is needed.",
                    remedy: "Write optim_args as momentum=0.9,nesterov=true.")
            }
            options[String(pair[0])] = plainValue(String(pair[1]))
        }
        return options
    }
}

private func plainValue(_ text: String) -> JSONValue {
    switch text {
    case "True", "true": .bool(true)
    case "False", "false": .bool(false)
    case "None", "none", "null": .null
    default: Int(text).map(JSONValue.int) ?? Double(text).map(JSONValue.double) ?? .string(text)
    }
}
