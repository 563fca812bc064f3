import TuneBatching

/// What an evaluation is asked to do.
struct EvaluationRequest {
    /// The batches.
    let loader: DataLoader
    /// `Evaluation` or `Prediction`.
    let description: String
    /// Whether only the loss counts.
    let predictionLossOnly: Bool
    /// Outputs of the model that are not kept.
    let ignoreKeys: [String]
    /// What metric names begin with.
    let prefix: String

    /// Whether the caller gets the predictions, whatever metrics need.
    var isPrediction: Bool { description == "Prediction" }
}
