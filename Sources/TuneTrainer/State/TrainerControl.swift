import TuneBase

/// What callbacks ask of the training loop.
public struct TrainerControl: Sendable, Equatable {
    /// Whether training ends after this step; stays set.
    public var shouldTrainingStop = false
    /// Whether the epoch ends after this step.
    public var shouldEpochStop = false
    /// Whether a checkpoint is due.
    public var shouldSave = false
    /// Whether an evaluation is due.
    public var shouldEvaluate = false
    /// Whether the training loss is to be logged.
    public var shouldLog = false

    /// Creates a control that asks for nothing.
    public init() {}

    /// Withdraws what was answered by an event, before callbacks see it.
    package mutating func reset(for event: TrainerEvent) {
        switch event {
        case .trainBegin: shouldTrainingStop = false
        case .epochBegin: shouldEpochStop = false
        case .stepBegin: (shouldLog, shouldEvaluate, shouldSave) = (false, false, false)
        case .log: shouldLog = false
        case .evaluate: shouldEvaluate = false
        case .save: shouldSave = false
        default: break
        }
    }

    /// The wishes to stop among the callback states of a `trainer_state.json`.
    init(exported states: JSONObject) {
        let flags = states["TrainerControl"]?["args"]
        shouldTrainingStop = flags?["should_training_stop"]?.bool ?? false
        shouldEpochStop = flags?["should_epoch_stop"]?.bool ?? false
    }

    /// The flags as `trainer_state.json` records them.
    var exportedState: JSONObject {
        JSONObject([
            (
                "args",
                [
                    "should_training_stop": .bool(shouldTrainingStop),
                    "should_epoch_stop": .bool(shouldEpochStop),
                    "should_save": .bool(shouldSave),
                    "should_evaluate": .bool(shouldEvaluate),
                    "should_log": .bool(shouldLog),
                ]
            ),
            ("attributes", [:]),
        ])
    }
}
