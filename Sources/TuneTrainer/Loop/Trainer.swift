import Logging
public import TuneAccelerator
public import TuneBase
public import TuneBatching
public import TuneDatasets
public import TuneMetrics
public import TuneNN
public import TuneOptim
public import TuneTokenizers
public import TuneTorch

/// Trains and evaluates a model.
///
///     let trainer = try Trainer(
///         model: model, args: TrainingArguments("test-trainer", evalStrategy: .epoch),
///         trainDataset: train, evalDataset: validation, processingClass: tokenizer,
///         computeMetrics: { prediction in
///             try metric.compute(
///                 predictions: prediction.predictions.argmax(axis: -1),
///                 references: prediction.labelIDs.ints)
///         })
///     try trainer.train()
///
/// Names, order of events, random draws, logged values and files are those of Python's Trainer:
/// in the mode `reference` the same seed gives the same losses up to rounding. Creating a trainer
/// seeds all random generators with `args.seed`; the head of the model was drawn before, so seed
/// with `setSeed` before creating the model.
open class Trainer {
    /// The model.
    public let model: any TrainableModel
    /// How to train.
    public let args: TrainingArguments
    /// The training data.
    public let trainDataset: Dataset?
    /// The evaluation data.
    public let evalDataset: Dataset?
    /// Turns rows into batches.
    public let dataCollator: any DataCollator
    /// The tokenizer, saved with the model.
    public let processingClass: PreTrainedTokenizer?
    /// Computes metrics from predictions.
    public let computeMetrics: ((EvalPrediction) throws -> MetricResult)?
    /// Device and precision.
    public let accelerator: Accelerator
    /// How far training has come, with the history of logs.
    public internal(set) var state = TrainerState()
    /// What callbacks ask for at present.
    public internal(set) var control = TrainerControl()
    /// The optimizer; made by ``train()`` unless given.
    public internal(set) var optimizer: Optimizer?
    /// The learning-rate schedule; made by ``train()`` unless given.
    public internal(set) var lrScheduler: LRScheduler?

    let console: Console
    let logger: Logger
    let labelNames: [String]
    let hasOwnOptimizer: Bool
    let hasOwnScheduler: Bool
    var callbackHandler: CallbackHandler
    var plan: TrainingPlan?
    var progress = StepProgress()
    var session = RunSession()
    var operations: OperationCount
    /// Seconds taken to bring the model to the device, once it was needed without training.
    var preparationTime: Double?
    var isPrepared = false
    /// Splits whose unused columns were told.
    var splitsWithNotice: Set<String> = []

    /// Creates a trainer.
    ///
    /// - Parameters:
    ///   - model: The model.
    ///   - args: How to train.
    ///   - trainDataset: The training data, for ``train()``.
    ///   - evalDataset: The evaluation data.
    ///   - dataCollator: Turns rows into batches; nil pads with `processingClass`, or stacks
    ///     without one.
    ///   - processingClass: The tokenizer, saved with the model.
    ///   - computeMetrics: Computes metrics from the predictions on a whole dataset.
    ///   - callbacks: Watch and steer the training, after the built-in flow.
    ///   - optimizers: An optimizer of your own, with a schedule or without.
    ///   - console: Where progress and results are written.
    /// - Throws: `TuneError` for contradictory arguments.
    public init(
        model: any TrainableModel, args: TrainingArguments = TrainingArguments("tmp_trainer"),
        trainDataset: Dataset? = nil, evalDataset: Dataset? = nil,
        dataCollator: (any DataCollator)? = nil, processingClass: PreTrainedTokenizer? = nil,
        computeMetrics: ((EvalPrediction) throws -> MetricResult)? = nil,
        callbacks: [any TrainerCallback] = [],
        optimizers: (optimizer: Optimizer, scheduler: LRScheduler?)? = nil,
        console: Console = .standard
    ) throws {
        try args.validate()
        try checkEvaluationData(evalDataset, args)
        setSeed(args.seed)
        (self.model, self.args, self.console) = (model, args, console)
        (self.trainDataset, self.evalDataset) = (trainDataset, evalDataset)
        (self.processingClass, self.computeMetrics) = (processingClass, computeMetrics)
        self.dataCollator =
            dataCollator ?? processingClass.map { DataCollatorWithPadding($0) }
            ?? DefaultDataCollator()
        accelerator = try Accelerator(
            mixedPrecision: args.bf16 ? .bf16 : args.fp16 ? .fp16 : .no, cpu: args.useCPU,
            console: console)
        logger = Logger(label: "finetune.trainer")
        labelNames = args.labelNames ?? model.forwardArguments.filter { $0.contains("label") }
        (optimizer, lrScheduler) = (optimizers?.optimizer, optimizers?.scheduler)
        (hasOwnOptimizer, hasOwnScheduler) = (optimizers != nil, optimizers?.scheduler != nil)
        operations = OperationCount(model)
        let display: any TrainerCallback =
            args.disableTqdm == true ? PrinterCallback() : ProgressCallback()
        callbackHandler = CallbackHandler([DefaultFlowCallback()] + callbacks + [display])
        try emit(.initEnd)
    }

    /// Computes scores and loss of one batch; override to change the loss.
    ///
    /// The loss is the mean over the rows of the batch.
    open func computeLoss(_ batch: TensorBatch) throws -> ModelOutput { try model(batch) }

    /// Whether an evaluation in the mode `fast` may compute rows in groups of its own choice, as
    /// long as the model is a `RowwiseModel` and the collator rowwise.
    ///
    /// False in subclasses, which may have changed the loss; one that leaves ``computeLoss(_:)``
    /// alone may return true.
    open var evaluatesRowwise: Bool { type(of: self) == Trainer.self }

    /// Appends a callback, which hears of events after the others.
    public func addCallback(_ callback: any TrainerCallback) { callbackHandler.add(callback) }

    /// What was logged so far; see ``TrainerState/logHistory``.
    public var logHistory: [JSONObject] { state.logHistory }

    /// Tells callbacks of an event and takes their answer.
    func emit(_ event: TrainerEvent) throws {
        let context = TrainerContext(
            args: args, state: state, model: model, optimizer: optimizer, plan: plan,
            measures: progress.measures, device: accelerator.device, console: console)
        try callbackHandler.emit(event, context, &control)
    }

    /// Adds a row to the history and shows it.
    func log(_ row: JSONObject) throws {
        var row = row
        row["epoch"] = state.epochValue
        var record = row
        record["step"] = .int(state.globalStep)
        state.logHistory.append(record)
        try emit(.log(row))
    }
}
