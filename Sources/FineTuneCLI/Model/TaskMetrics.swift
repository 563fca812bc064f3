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
        if let glueTask {
            let metric = try Evaluate.load("glue", glueTask)
            return try compute(prediction) {
                try metric.compute(predictions: $0, references: $1)
            } values: {
                try metric.compute(predictions: $0, references: $1)
            }
        }
        let metric = try Evaluate.combine(names)
        return try compute(prediction) {
            try metric.compute(predictions: $0, references: $1)
        } values: {
            try metric.compute(predictions: $0, references: $1)
        }
    }

    private func compute(
        _ prediction: EvalPrediction, classes: ([Int], [Int]) throws -> MetricResult,
        values: ([Float], [Float]) throws -> MetricResult
    ) throws -> MetricResult {
        switch labels {
        case .classes:
            try classes(prediction.predictions.argmax(axis: -1), prediction.labelIDs.ints)
        case .regression: try values(prediction.predictions.floats, prediction.labelIDs.floats)
        }
    }
}
