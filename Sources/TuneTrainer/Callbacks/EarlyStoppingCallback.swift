import Logging
public import TuneBase
import TuneMetrics

/// Stops training when an evaluation metric has not improved for some evaluations.
///
/// The metric is `metricForBestModel`; with `loadBestModelAtEnd` the best weights come back at the
/// end.
public struct EarlyStoppingCallback: TrainerCallback {
    /// How many evaluations in a row may bring no improvement.
    public let patience: Int
    /// By how much the metric must change to count.
    public let threshold: Double
    private var evaluationsWithoutImprovement = 0

    /// Creates the callback.
    public init(earlyStoppingPatience: Int = 1, earlyStoppingThreshold: Double = 0) {
        patience = earlyStoppingPatience
        threshold = earlyStoppingThreshold
    }

    /// It looks at none.
    public var readsCheckpoints: Bool { false }

    /// Checks the arguments as training begins, and the metric after each evaluation.
    ///
    /// - Throws: `TuneError` when no metric is named or there is no evaluation.
    public mutating func on(
        _ event: TrainerEvent, _ context: TrainerContext, _ control: inout TrainerControl
    ) throws {
        switch event {
        case .trainBegin: try check(context.args)
        case .evaluate(let metrics): judge(metrics, context, &control)
        default: break
        }
    }

    /// Patience, threshold and the count.
    public var exportedState: JSONObject? {
        JSONObject([
            (
                "args",
                [
                    "early_stopping_patience": .int(patience),
                    "early_stopping_threshold": .double(threshold),
                ]
            ),
            (
                "attributes",
                ["early_stopping_patience_counter": .int(evaluationsWithoutImprovement)]
            ),
        ])
    }

    /// Takes over the count.
    public mutating func restore(_ state: JSONObject) {
        let count = state["attributes"]?["early_stopping_patience_counter"]?.int
        if let count { evaluationsWithoutImprovement = count }
    }

    private func check(_ args: TrainingArguments) throws {
        guard args.bestModelMetric != nil else {
            throw TuneError(
                .badConfig, "EarlyStoppingCallback needs to know the metric to watch.",
                remedy: "Set metricForBestModel.")
        }
        guard args.evalStrategy != .no else {
            throw TuneError(
                .badConfig, "EarlyStoppingCallback needs evaluations during training.",
                remedy: "Set evalStrategy to .epoch or .steps.")
        }
    }

    private mutating func judge(
        _ metrics: MetricResult, _ context: TrainerContext, _ control: inout TrainerControl
    ) {
        let name = prefixedMetric(context.args.bestModelMetric ?? "loss", "eval")
        guard let value = metrics[name] else {
            Logger(label: "finetune.trainer").warning(
                "Early stopping is off: there is no metric '\(name)'.")
            return
        }
        if isImprovement(value, over: context.state.bestMetric, context.args) {
            evaluationsWithoutImprovement = 0
        } else {
            evaluationsWithoutImprovement += 1
        }
        if evaluationsWithoutImprovement >= patience { control.shouldTrainingStop = true }
    }

    private func isImprovement(
        _ value: Double, over best: Double?, _ args: TrainingArguments
    ) -> Bool {
        guard let best else { return true }
        let isBetter = args.isGreaterBetter ? value > best : value < best
        return isBetter && abs(value - best) > threshold
    }
}

/// The metric's name with the prefix of its split: `accuracy` becomes `eval_accuracy`.
func prefixedMetric(_ name: String, _ prefix: String) -> String {
    name.hasPrefix("\(prefix)_") ? name : "\(prefix)_\(name)"
}
