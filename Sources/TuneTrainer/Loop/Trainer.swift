import Foundation
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
/// seeds all random generators with `args.seed`; the head of a model that exists already was drawn
/// before, so seed with `setSeed` before creating it, or let `modelInit` create it.
///
/// What Python users override in a subclass is overridable here, under the same names: see
/// ``computeLoss(_:numItemsInBatch:)``, ``trainingStep(_:scale:)``, ``createOptimizer()`` and
/// the others.
open class Trainer {
    /// The model; with `modelInit`, that of the present or last training.
    public internal(set) var model: any TrainableModel
    /// How to train.
    public let args: TrainingArguments
    /// The training data: a `Dataset` or an `IterableDataset`.
    public let trainDataset: (any TrainingData)?
    /// The evaluation data, where it is one dataset.
    public let evalDataset: Dataset?
    /// The evaluation data, where it is several datasets with names.
    public let evalDatasets: DatasetDict
    /// Turns rows into batches.
    public let dataCollator: any DataCollator
    /// The tokenizer, saved with the model.
    public let processingClass: PreTrainedTokenizer?
    /// Makes the model at the beginning of every training.
    public let modelInit: (() throws -> any TrainableModel)?
    /// Computes metrics from predictions.
    public var computeMetrics: MetricsFunction? { metricFunctions.whole }
    /// Changes scores before they are kept for metrics.
    public let preprocessLogitsForMetrics: LogitsFunction?
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
    let metricFunctions: MetricFunctions
    let optimizerFactory: OptimizerFactory?
    let hasOwnOptimizer: Bool
    let hasOwnScheduler: Bool
    let memory: MemoryTracker
    let inputTokens: InputTokenCount
    var lossPolicy: LossPolicy
    var callbackHandler: CallbackHandler
    /// Uploads to the Hub; nil without an uploader.
    let pushes: PushQueue?
    var plan: TrainingPlan?
    var progress = StepProgress()
    var session = RunSession()
    /// Scales losses where gradients are float16; nil otherwise.
    package var gradScaler: GradScaler?
    var operations: OperationCount
    /// Whether a training is under way.
    var isInTrain = false
    /// Whether the model is saved as a part of a checkpoint or an upload.
    var isWithinSave = false
    /// Seconds taken to bring the model to the device, once it was needed without training.
    var preparationTime: Double?
    var isPrepared = false
    /// Splits whose unused columns were told.
    var splitsWithNotice: Set<String> = []

    /// Creates a trainer.
    ///
    /// - Parameters:
    ///   - model: The model; or let `modelInit` make one.
    ///   - args: How to train.
    ///   - trainDataset: The training data, for ``train()``: a `Dataset`, or an `IterableDataset`
    ///     together with `maxSteps`.
    ///   - evalDataset: The evaluation data.
    ///   - evalDatasets: Several evaluation sets in place of one, evaluated in their order; their
    ///     names follow the prefix of metrics, `eval_<name>_loss`.
    ///   - dataCollator: Turns rows into batches; nil pads with `processingClass`, or stacks
    ///     without one.
    ///   - processingClass: The tokenizer, saved with the model.
    ///   - modelInit: Makes the model, after the random generators are seeded: now and at the
    ///     beginning of every training, which therefore are all the same.
    ///   - computeLossFunc: A loss of your own in place of the model's.
    ///   - computeMetrics: Computes metrics from the predictions on a whole dataset.
    ///   - computeBatchMetrics: Computes metrics batch by batch, with `batchEvalMetrics`.
    ///   - callbacks: Watch and steer the training, after the built-in flow.
    ///   - optimizers: An optimizer of your own, with a schedule or without.
    ///   - optimizerFactory: Makes an optimizer of your own for the model's parameters, which come
    ///     in two groups: with weight decay, and without.
    ///   - preprocessLogitsForMetrics: Changes the scores of a batch before they are kept for
    ///     metrics, with its labels at hand: `{ logits, _ in logits.argmax() }` saves memory.
    ///   - uploader: Brings the model to the Hub, with `pushToHub` or ``pushToHub(commitMessage:blocking:token:revision:isPrivate:card:)``:
    ///     `HubUploader()`.
    ///   - console: Where progress and results are written.
    /// - Throws: `TuneError` for contradictory arguments, and where `pushToHub` cannot be followed:
    ///   no uploader, no token, a repository that cannot be created.
    public init(
        model: (any TrainableModel)? = nil,
        args: TrainingArguments = TrainingArguments("tmp_trainer"),
        trainDataset: (any TrainingData)? = nil, evalDataset: Dataset? = nil,
        evalDatasets: DatasetDict = [:],
        dataCollator: (any DataCollator)? = nil, processingClass: PreTrainedTokenizer? = nil,
        modelInit: (() throws -> any TrainableModel)? = nil,
        computeLossFunc: LossFunction? = nil, computeMetrics: MetricsFunction? = nil,
        computeBatchMetrics: BatchMetricsFunction? = nil, callbacks: [any TrainerCallback] = [],
        optimizers: (optimizer: Optimizer, scheduler: LRScheduler?)? = nil,
        optimizerFactory: OptimizerFactory? = nil,
        preprocessLogitsForMetrics: LogitsFunction? = nil,
        uploader: (any ModelUploader)? = nil, console: Console = .standard
    ) throws {
        try args.validate()
        try checkEvaluationData(evalDataset, evalDatasets, args)
        try checkTrainingData(trainDataset, args)
        try checkOptimizers(
            isGiven: optimizers != nil, hasFactory: optimizerFactory != nil,
            hasModelInit: modelInit != nil)
        seedGenerators(args)
        memory = MemoryTracker(isActive: !args.skipMemoryMetrics)
        memory.start(.creation)
        let model = try onlyModel(model, modelInit)
        (self.model, self.args, self.console) = (model, args, console)
        (self.trainDataset, self.modelInit) = (trainDataset, modelInit)
        (self.evalDataset, self.evalDatasets) = (evalDataset, evalDatasets)
        self.processingClass = processingClass
        self.dataCollator =
            dataCollator ?? processingClass.map { DataCollatorWithPadding($0) }
            ?? DefaultDataCollator()
        metricFunctions = try MetricFunctions(
            whole: computeMetrics, batchwise: computeBatchMetrics, args)
        self.preprocessLogitsForMetrics = preprocessLogitsForMetrics
        accelerator = try Accelerator(
            mixedPrecision: args.bf16 ? .bf16 : args.fp16 ? .fp16 : .no, cpu: args.useCPU,
            scalesLosses: true, console: console)
        let logger = Logger(label: "finetune.trainer")
        self.logger = logger
        pushes = uploader.map { PushQueue($0, logger: logger) }
        lossPolicy = LossPolicy(
            smoothing: args.labelSmoothingFactor, function: computeLossFunc, for: model,
            logger: logger)
        labelNames = args.labelNames ?? model.forwardArguments.filter { $0.contains("label") }
        inputTokens = InputTokenCount(
            args.includeNumInputTokensSeen, paddingID: processingClass?.padTokenId)
        (optimizer, lrScheduler) = (optimizers?.optimizer, optimizers?.scheduler)
        self.optimizerFactory = optimizerFactory
        (hasOwnOptimizer, hasOwnScheduler) = (optimizers != nil, optimizers?.scheduler != nil)
        operations = OperationCount(model)
        callbackHandler = CallbackHandler(
            [DefaultFlowCallback()] + reportingCallbacks(args) + callbacks
                + displayCallbacks(args))
        try prepareHub()
        try emit(.initEnd)
        noteArguments(in: model)
        _ = memory.stop(.creation)
    }

    // MARK: Overridable steps

    /// Computes scores and loss of one batch; override to change the loss.
    ///
    /// The loss is the mean over the labels of the batch, unless ``lossIsScaledForUpdate`` says
    /// that it was divided by `numItemsInBatch`.
    ///
    /// - Parameters:
    ///   - inputs: The batch.
    ///   - numItemsInBatch: The number of labels of all batches of the update, without ignored
    ///     ones; nil where there are none.
    /// - Returns: What the model returned, with the loss.
    /// - Throws: An error ends the training.
    open func computeLoss(_ inputs: TensorBatch, numItemsInBatch: Int?) throws -> ModelOutput {
        try lossPolicy.output(of: model, inputs, numItemsInBatch: numItemsInBatch)
    }

    /// Whether the losses of ``computeLoss(_:numItemsInBatch:)`` are divided by the labels of the
    /// whole update already, so that those of its batches add up.
    ///
    /// nil leaves it to `gradientAccumulationScaling`. Python's `loss_is_scaled_for_ga`.
    open var lossIsScaledForUpdate: Bool? { lossPolicy.normalizesOverUpdate ? true : nil }

    /// Computes the loss of one batch and adds its gradient; override to do so in another way.
    ///
    /// - Parameters:
    ///   - inputs: The batch, on the device.
    ///   - scale: What the loss has to know of the update that the batch is part of.
    /// - Returns: The loss, as it entered the gradient.
    /// - Throws: An error ends the training, or is dealt with by `nonFinitePolicy`.
    open func trainingStep(_ inputs: TensorBatch, scale: LossScale) throws -> Double {
        try addGradient(of: inputs, scale)
    }

    /// Evaluates one batch without gradients; override to predict in another way.
    ///
    /// - Parameters:
    ///   - inputs: The batch, on the device.
    ///   - predictionLossOnly: Whether only the loss counts.
    ///   - ignoreKeys: Outputs of the model that are not kept.
    /// - Returns: The loss, and what is kept of outputs and labels.
    /// - Throws: An error ends the evaluation.
    open func predictionStep(
        _ inputs: TensorBatch, predictionLossOnly: Bool, ignoreKeys: [String]
    ) throws -> PredictionStepOutput {
        try evaluate(
            inputs, PredictionRequest(lossOnly: predictionLossOnly, ignoreKeys: ignoreKeys))
    }

    /// Evaluates all batches of a loader; ``evaluate(_:ignoreKeys:metricKeyPrefix:)`` and
    /// ``predict(_:ignoreKeys:metricKeyPrefix:)`` share it.
    ///
    /// - Parameters:
    ///   - loader: The batches.
    ///   - description: `Evaluation` or `Prediction`.
    ///   - predictionLossOnly: Whether only the loss counts.
    ///   - ignoreKeys: Outputs of the model that are not kept.
    ///   - metricKeyPrefix: What metric names begin with.
    /// - Returns: Predictions and metrics.
    /// - Throws: `TuneError` when the data does not fit the model.
    open func evaluationLoop(
        _ loader: DataLoader, description: String, predictionLossOnly: Bool,
        ignoreKeys: [String], metricKeyPrefix: String
    ) throws -> EvalLoopOutput {
        try runEvaluation(
            EvaluationRequest(
                loader: loader, description: description, predictionLossOnly: predictionLossOnly,
                ignoreKeys: ignoreKeys, prefix: metricKeyPrefix))
    }

    /// Evaluates the model and logs the result.
    ///
    /// With several evaluation sets each is evaluated and logged by itself; the result holds the
    /// metrics of all.
    ///
    /// - Parameters:
    ///   - dataset: The data; nil takes the trainer's evaluation data.
    ///   - ignoreKeys: Outputs of the model that are not kept.
    ///   - metricKeyPrefix: What metric names begin with.
    /// - Returns: Loss, metrics of `computeMetrics`, speed and epoch.
    /// - Throws: `TuneError` when there is no data, or it does not fit the model.
    @discardableResult
    open func evaluate(
        _ dataset: Dataset? = nil, ignoreKeys: [String] = [], metricKeyPrefix: String = "eval"
    ) throws -> MetricResult {
        try evaluateAndLog(dataset, ignoreKeys, prefix: metricKeyPrefix)
    }

    /// Predicts a dataset; labels are optional.
    ///
    /// - Parameters:
    ///   - dataset: The data.
    ///   - ignoreKeys: Outputs of the model that are not kept.
    ///   - metricKeyPrefix: What metric names begin with.
    /// - Returns: Scores, labels and metrics, rows in the order of the dataset; nothing is added
    ///   to the history.
    /// - Throws: `TuneError` when the data does not fit the model.
    open func predict(
        _ dataset: Dataset, ignoreKeys: [String] = [], metricKeyPrefix: String = "test"
    ) throws -> PredictionOutput {
        try predictions(of: dataset, ignoreKeys, prefix: metricKeyPrefix)
    }

    /// The batches of ``trainDataset``, in the order of `trainSamplingStrategy`.
    open func getTrainDataloader() throws -> any BatchLoader { try trainLoader() }

    /// The batches of a dataset to evaluate; nil takes the trainer's evaluation data.
    open func getEvalDataloader(_ dataset: Dataset?) throws -> DataLoader {
        try evaluationLoader(dataset ?? evaluationData(), split: "evaluation")
    }

    /// The batches of a dataset to predict.
    open func getTestDataloader(_ dataset: Dataset) throws -> DataLoader {
        try evaluationLoader(dataset, split: "test")
    }

    /// The order of the training rows.
    open func getTrainSampler(_ dataset: Dataset) throws -> any Sampler {
        try trainSampler(dataset)
    }

    /// The order in which rows are evaluated or predicted; results are brought back into the
    /// dataset's order.
    open func getEvalSampler(_ dataset: Dataset) throws -> any Sampler {
        try evaluationSampler(dataset)
    }

    /// The number of rows in a pass over a loader; where nobody knows, those of all steps.
    open func numExamples(_ loader: any BatchLoader) -> Int {
        loader.rowCount ?? getTotalTrainBatchSize() * max(args.maxSteps, 0)
    }

    /// Makes optimizer and schedule of a training that was given neither, by ``createOptimizer()``
    /// and ``createScheduler(numTrainingSteps:optimizer:)``.
    open func createOptimizerAndScheduler(
        numTrainingSteps: Int
    ) throws -> (optimizer: Optimizer, scheduler: LRScheduler) {
        let optimizer = try createOptimizer()
        let scheduler = try createScheduler(
            numTrainingSteps: numTrainingSteps, optimizer: optimizer)
        return (optimizer, scheduler)
    }

    /// Makes the optimizer of a training that was given none.
    open func createOptimizer() throws -> Optimizer { try newOptimizer() }

    /// The names of the parameters that decay: all but biases and normalisations.
    open func getDecayParameterNames() -> [String] {
        decayGroups(model, learningRate: 0, weightDecay: 0)[0].parameters.map(\.name)
    }

    /// The operations of a training step on a batch, estimated as Python does.
    open func floatingPointOps(_ inputs: TensorBatch) -> Double { operations.estimate(inputs) }

    /// Saves weights, configuration, tokenizer and arguments, ready for `fromPretrained`; override
    /// to save something else besides or instead.
    ///
    /// Checkpoints are written by it too: into a directory that gets its name when everything is in
    /// it and on the disk, so that what is written there is hashed and synced with the rest. With
    /// `pushToHub` a model saved otherwise is uploaded too; an upload that fails is a warning.
    ///
    /// - Parameter directory: The directory; nil takes the output directory.
    /// - Throws: `TuneError` when a file cannot be written.
    open func saveModel(_ directory: String? = nil) throws {
        try writeModel(
            to: directory.map { URL(fileURLWithPath: expandingTilde($0)) } ?? outputURL)
        if !isWithinSave { pushSavedModel() }
    }

    /// Makes the learning-rate schedule of a training that was given none.
    open func createScheduler(
        numTrainingSteps: Int, optimizer: Optimizer
    ) throws -> LRScheduler { try newScheduler(numTrainingSteps, optimizer) }

    /// Adds a row to the history and tells callbacks.
    ///
    /// - Parameters:
    ///   - logs: The values; the epoch is added.
    ///   - startTime: When the training began, for the rate of tokens.
    /// - Throws: What a callback throws.
    open func log(_ logs: JSONObject, startTime: Double? = nil) throws {
        try record(logs, startTime)
    }

    /// Whether an evaluation in the mode `fast` may compute rows in groups of its own choice, as
    /// long as the model is a `RowwiseModel` and the collator rowwise.
    ///
    /// False in subclasses, which may have changed the loss; one that leaves evaluation alone may
    /// return true.
    open var evaluatesRowwise: Bool { type(of: self) == Trainer.self }

    // MARK: Events

    /// What was logged so far; see ``TrainerState/logHistory``.
    public var logHistory: [JSONObject] { state.logHistory }

    /// Tells callbacks of an event and takes their answer.
    func emit(_ event: TrainerEvent) throws {
        let context = TrainerContext(
            args: args, state: state, model: model, optimizer: optimizer, plan: plan,
            measures: progress.measures, completeCheckpoint: session.completeCheckpoint,
            device: accelerator.device, console: console)
        try callbackHandler.emit(event, context, &control)
    }
}

/// Makes an optimizer for groups of parameters.
public typealias OptimizerFactory = ([ParameterGroup]) throws -> Optimizer

/// Changes the scores of a batch, whose labels it gets where there are any.
public typealias LogitsFunction = (_ logits: Tensor, _ labels: Tensor?) throws -> Tensor
