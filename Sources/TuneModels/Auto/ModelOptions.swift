public import TuneTorch

/// What `fromPretrained` can change about a checkpoint's configuration.
public struct ModelOptions: Sendable {
    /// The number of classes of the head; nil keeps the configuration's.
    public var numLabels: Int?
    /// The names of the classes; their number wins over `numLabels`.
    public var labels: [String]?
    /// What the head predicts; nil keeps the configuration's, or lets the first labels decide.
    public var problemType: ProblemType?
    /// Dropout after embeddings and blocks; nil keeps the configuration's.
    public var hiddenDropoutProb: Double?
    /// Dropout of attention probabilities; nil keeps the configuration's.
    public var attentionProbsDropoutProb: Double?
    /// The type of the parameters; nil takes that of the checkpoint.
    public var dtype: DType?
    /// Whether weights of another shape are newly initialised instead of being an error.
    public var ignoreMismatchedSizes = false

    /// Creates options that change nothing.
    public init() {}

    func apply(_ config: inout some PretrainedConfig) throws {
        if let numLabels { config.common.setNumLabels(numLabels) }
        if let labels { config.common.id2label = labels }
        if let problemType { config.common.problemType = problemType }
        try config.setDropout(hidden: hiddenDropoutProb, attention: attentionProbsDropoutProb)
    }
}
