public import TuneBase
public import TuneBatching
public import TuneDatasets
public import TuneNN
public import TuneOptim
public import TuneTokenizers

extension Trainer {
    /// Creates a trainer by the old name of `processingClass`.
    @available(*, deprecated, message: "Use processingClass: in place of tokenizer:.")
    public convenience init(
        model: (any TrainableModel)? = nil,
        args: TrainingArguments = TrainingArguments("tmp_trainer"),
        trainDataset: (any TrainingData)? = nil, evalDataset: Dataset? = nil,
        evalDatasets: DatasetDict = [:],
        dataCollator: (any DataCollator)? = nil, tokenizer: PreTrainedTokenizer,
        modelInit: (() throws -> any TrainableModel)? = nil,
        computeLossFunc: LossFunction? = nil, computeMetrics: MetricsFunction? = nil,
        callbacks: [any TrainerCallback] = [],
        optimizers: (optimizer: Optimizer, scheduler: LRScheduler?)? = nil,
        preprocessLogitsForMetrics: LogitsFunction? = nil, console: Console = .standard
    ) throws {
        try self.init(
            model: model, args: args, trainDataset: trainDataset, evalDataset: evalDataset,
            evalDatasets: evalDatasets, dataCollator: dataCollator, processingClass: tokenizer,
            modelInit: modelInit, computeLossFunc: computeLossFunc, computeMetrics: computeMetrics,
            callbacks: callbacks, optimizers: optimizers,
            preprocessLogitsForMetrics: preprocessLogitsForMetrics, console: console)
    }

    /// The tokenizer by its old name.
    @available(*, deprecated, renamed: "processingClass")
    public var tokenizer: PreTrainedTokenizer? { processingClass }
}
