public import Foundation
public import TuneBase

/// How far training has come, and its history: the content of `trainer_state.json`.
public struct TrainerState: Sendable, Equatable {
    /// Epochs done; a fraction within one.
    public package(set) var epoch = 0.0
    /// Optimizer steps done.
    public package(set) var globalStep = 0
    /// Optimizer steps in all.
    public package(set) var maxSteps = 0
    /// Steps between two logs.
    public package(set) var loggingSteps = 500
    /// Steps between two evaluations.
    public package(set) var evalSteps = 500
    /// Steps between two checkpoints.
    public package(set) var saveSteps = 500
    /// Rows in a training batch; nil before training.
    public package(set) var trainBatchSize: Int?
    /// Passes over the data, the last one perhaps partial.
    public package(set) var numTrainEpochs = 0
    /// Tokens trained on, where `includeNumInputTokensSeen` counts them.
    public package(set) var numInputTokensSeen = 0
    /// Floating-point operations spent, estimated as 6 × tokens × parameters without embeddings.
    public package(set) var totalFlos = 0.0
    /// What was logged: training losses, evaluations, and the summary; each with epoch and step.
    public package(set) var logHistory: [JSONObject] = []
    /// The best value of the metric that tells the best model.
    public package(set) var bestMetric: Double?
    /// The step of that evaluation.
    public package(set) var bestGlobalStep: Int?
    /// The checkpoint of that step.
    public package(set) var bestModelCheckpoint: String?
    /// What callbacks keep, by their names.
    public package(set) var statefulCallbacks = JSONObject()

    /// The state before training.
    public init() {}

    /// Takes over the counts of a training.
    mutating func begin(_ plan: TrainingPlan, _ args: TrainingArguments) {
        (maxSteps, numTrainEpochs) = (plan.maxSteps, plan.epochs)
        trainBatchSize = args.trainBatchSize
        computeSteps(args)
    }

    /// Takes over the intervals of the arguments; shares become steps of ``maxSteps``.
    package mutating func computeSteps(_ args: TrainingArguments) {
        let total = Double(maxSteps)
        func steps(_ interval: Double) -> Int {
            Int(interval < 1 ? (total * interval).rounded(.up) : interval)
        }
        loggingSteps = steps(args.loggingSteps)
        let evalInterval = args.evalStrategy == .steps ? args.loggingSteps : nil
        if let interval = args.evalSteps ?? evalInterval { evalSteps = steps(interval) }
        saveSteps = steps(args.saveSteps)
    }
}

extension TrainerState {
    /// The state with Python's names.
    public var json: JSONValue {
        let hasStarted = globalStep > 0
        return [
            "epoch": epochValue,
            "global_step": .int(globalStep),
            "max_steps": .int(maxSteps),
            "logging_steps": .int(loggingSteps),
            "eval_steps": .int(evalSteps),
            "save_steps": .int(saveSteps),
            "train_batch_size": trainBatchSize.map(JSONValue.int) ?? .null,
            "num_train_epochs": .int(numTrainEpochs),
            "num_input_tokens_seen": .int(numInputTokensSeen),
            "total_flos": hasStarted ? .double(totalFlos) : .int(0),
            "log_history": .array(logHistory.map(JSONValue.object)),
            "best_metric": bestMetric.map(JSONValue.double) ?? .null,
            "best_global_step": bestGlobalStep.map(JSONValue.int) ?? .null,
            "best_model_checkpoint": bestModelCheckpoint.map(JSONValue.string) ?? .null,
            "is_local_process_zero": true,
            "is_world_process_zero": true,
            "is_hyper_param_search": false,
            "trial_name": .null,
            "trial_params": .null,
            "stateful_callbacks": .object(statefulCallbacks),
        ]
    }

    /// The epoch; the integer 0 before the first step, as Python writes it.
    var epochValue: JSONValue { epoch == 0 ? .int(0) : .double(epoch) }

    /// Writes the state, byte for byte as Python's Trainer would: keys sorted, two spaces, and a
    /// newline at the end.
    public func save(to file: URL) throws {
        try writeFileAtomically(file, json.serialized(indent: 2, sortedKeys: true) + "\n")
    }
}
