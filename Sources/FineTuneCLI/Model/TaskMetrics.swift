import FineTuneKit

/// Which metrics tell how good a model is at its task.
struct TaskMetrics {
    let labels: LabelSpace
    /// The task of the GLUE benchmark, if it is one.
    let glueTask: String?

    /// The names of the metrics, for a notice.
    var description: String {
        if let glueTask { return "glue/\(glueTask)" }
        return names.joined(separator: ", ")
    }

    private var names: [String] {
        switch labels {
        case .regression: ["mse", "pearsonr", "spearmanr"]
        case .classes(let names): names.count == 2 ? ["accuracy", "f1"] : ["accuracy"]
        }
    }

    /// Computes the metrics of predictions.
    func callAsFunction(_ prediction: EvalPrediction) throws -> MetricResult {
        let metric: any Metric =
            if let glueTask { try Evaluate.load("glue", glueTask) } else {
                try Evaluate.combine(names)
            }
        switch labels {
        case .classes:
            return try metric.compute(
                predictions: prediction.predictions.argmax(axis: -1),
                references: prediction.labelIDs.ints)
        case .regression:
            return try metric.compute(
                predictions: prediction.predictions.floats, references: prediction.labelIDs.floats)
        }
    }
}
