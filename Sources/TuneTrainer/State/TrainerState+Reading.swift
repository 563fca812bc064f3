public import TuneBase

extension TrainerState {
    /// The state in a `trainer_state.json`, of Python's Trainer or of this one.
    ///
    /// - Parameters:
    ///   - json: The content.
    ///   - source: The file, for messages.
    /// - Throws: `TuneError` naming file and key for anything that is missing or malformed.
    public init(json: JSONValue, source: String) throws {
        do {
            try self.init(JSONFields(json, source: source))
        } catch var error as TuneError {
            // A program wrote the file; nobody configures it.
            error.code = .badData
            error.remedy = "Use the file as the training wrote it, or another checkpoint."
            throw error
        }
    }

    private init(_ fields: JSONFields) throws {
        epoch = try fields.double("epoch", default: 0)
        globalStep = try fields.count("global_step")
        maxSteps = try fields.count("max_steps")
        loggingSteps = try fields.int("logging_steps", default: 500)
        evalSteps = try fields.int("eval_steps", default: 500)
        saveSteps = try fields.int("save_steps", default: 500)
        trainBatchSize = fields.object["train_batch_size"]?.int
        numTrainEpochs = try fields.int("num_train_epochs", default: 0)
        totalFlos = try fields.double("total_flos", default: 0)
        numInputTokensSeen = try fields.int("num_input_tokens_seen", default: 0)
        bestMetric = fields.object["best_metric"]?.double
        bestGlobalStep = fields.object["best_global_step"]?.int
        bestModelCheckpoint = fields.object["best_model_checkpoint"]?.string
        statefulCallbacks = fields.object["stateful_callbacks"]?.object ?? JSONObject()
        guard let rows = fields.object["log_history"]?.array?.mapAll(\.object) else {
            throw TuneError(.badConfig, "\(fields.source): 'log_history' is not a list of rows.")
        }
        logHistory = rows
    }
}
