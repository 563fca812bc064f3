public import TuneBase
public import TuneMetrics
public import TuneNN
public import TuneOptim
public import TuneTorch

/// What happens during training, in the order of a step: `stepBegin`, for each batch but the last
/// of an update `substepEnd`, then `preOptimizerStep`, `optimizerStep`, `stepEnd`.
public enum TrainerEvent {
    case initEnd
    case trainBegin
    case trainEnd
    case epochBegin
    case epochEnd
    case stepBegin
    case substepEnd
    case preOptimizerStep
    case optimizerStep
    case stepEnd
    /// An evaluation ended with these metrics.
    case evaluate(MetricResult)
    /// A prediction ended with these metrics.
    case predict(MetricResult)
    /// A checkpoint was written; it is complete under its name if a callback reads checkpoints (see
    /// ``TrainerCallback/readsCheckpoints``).
    case save
    /// An upload to the Hub begins.
    case pushBegin
    /// A row was added to the history; it holds names and numbers in order.
    case log(JSONObject)
    /// An evaluation has done `batch` of `count` batches.
    case predictionStep(batch: Int, count: Int)
}

/// What a callback may look at.
public struct TrainerContext {
    /// The arguments.
    public let args: TrainingArguments
    /// How far training has come.
    public let state: TrainerState
    /// The model.
    public let model: any TrainableModel
    /// The optimizer; nil before training.
    public let optimizer: Optimizer?
    /// Steps and epochs ahead; nil before training.
    public let plan: TrainingPlan?
    /// Counts and times of the training so far.
    public let measures: RunMeasures
    /// The step of the newest checkpoint of this training that is on the disk under its name; nil
    /// before the first one.
    public let completeCheckpoint: Int?
    /// Where the model computes.
    public let device: Device
    /// Where text for people goes.
    public let console: Console

    package init(
        args: TrainingArguments, state: TrainerState, model: any TrainableModel,
        optimizer: Optimizer? = nil, plan: TrainingPlan? = nil, measures: RunMeasures = .init(),
        completeCheckpoint: Int? = nil, device: Device = .cpu, console: Console
    ) {
        (self.args, self.state, self.model) = (args, state, model)
        (self.optimizer, self.plan, self.measures) = (optimizer, plan, measures)
        (self.completeCheckpoint, self.device) = (completeCheckpoint, device)
        self.console = console
    }
}

/// Watches training and may steer it; ``TrainerEventCallback`` has a method for each event.
///
///     struct StopAtLoss: TrainerCallback {
///         mutating func on(
///             _ event: TrainerEvent, _ context: TrainerContext, _ control: inout TrainerControl
///         ) {
///             guard case .log(let row) = event, let loss = row["loss"]?.double else { return }
///             if loss < 0.1 { control.shouldTrainingStop = true }
///         }
///     }
public protocol TrainerCallback {
    /// Reacts to an event; changes to `control` steer the loop.
    ///
    /// - Throws: An error ends the training.
    mutating func on(
        _ event: TrainerEvent, _ context: TrainerContext, _ control: inout TrainerControl
    ) throws

    /// What `trainer_state.json` keeps of the callback; nil for nothing.
    var exportedState: JSONObject? { get }

    /// Whether the callback, or whom it tells, may look at the files of checkpoints.
    ///
    /// With a callback that does, as all do that do not say otherwise, training waits at each save
    /// until the checkpoint is on the disk under its name, before anyone is told of it. Without,
    /// that happens while training goes on; a checkpoint that fails is reported afterwards.
    var readsCheckpoints: Bool { get }

    /// Takes over what ``exportedState`` kept, when training goes on from a checkpoint.
    mutating func restore(_ state: JSONObject)
}

extension TrainerCallback {
    /// Nothing is kept.
    public var exportedState: JSONObject? { nil }

    /// It may look at them.
    public var readsCheckpoints: Bool { true }

    /// Nothing is taken over.
    public mutating func restore(_ state: JSONObject) {}

    /// The name of the type.
    var name: String { String(describing: type(of: self)) }
}
