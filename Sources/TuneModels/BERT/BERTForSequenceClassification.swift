import TuneBase
public import TuneNN
public import TuneTorch

/// BERT with a classification or regression head over the pooled first token.
public final class BERTForSequenceClassification: Module, SequenceClassificationModel, RowwiseModel
{
    /// The name of the Python class.
    public static let architecture = "BertForSequenceClassification"
    /// The field that holds the backbone.
    public static let baseModelPrefix = "bert"
    /// This is the backbone with a head.
    public static let isBaseModel = false

    /// The configuration; the first labels decide a problem type that it leaves open.
    public internal(set) var config: BERTConfig
    let bert: BERTModel
    let dropout: Dropout
    let classifier: Linear

    /// Builds the module tree without values.
    public init(uninitialized config: BERTConfig) throws {
        self.config = config
        bert = try BERTModel(uninitialized: config)
        dropout = Dropout(config.headDropout)
        classifier = Linear(config.hiddenSize, config.common.numLabels)
    }

    /// Draws all parameters as Python's `BertForSequenceClassification(config)`.
    public func initializeFromScratch() {
        bert.initializeFromScratch()
        let backbone = Set(bert.namedParameters().map { "bert.\($0.name)" })
        withoutGradients { classifier.resetParameters() }
        initializeAllWeights(range: config.initializerRange, keeping: backbone)
    }

    /// The inputs that the model looks for.
    public var forwardArguments: [String] {
        ["input_ids", "attention_mask", "token_type_ids", "position_ids", "labels"]
    }

    /// Computes the logits `[B, labels]`, and the loss when the batch holds `labels`.
    public func forward(_ batch: TensorBatch) throws -> ModelOutput {
        let logits = classifier(dropout(try bert.pooled(batch)))
        guard let labels = batch["labels"] else { return ModelOutput(logits: logits) }
        let problem = config.common.problemType ?? ProblemType(labels: labels, logits: logits)
        config.common.problemType = problem
        return ModelOutput(loss: try problem.loss(logits: logits, labels: labels), logits: logits)
    }

    /// The losses of single rows, for the problem that ``forward(_:)`` found.
    public func rowLosses(logits: Tensor, labels: Tensor) throws -> RowLosses {
        let problem = config.common.problemType ?? ProblemType(labels: labels, logits: logits)
        return try problem.rowLosses(logits: logits, labels: labels)
    }
}
