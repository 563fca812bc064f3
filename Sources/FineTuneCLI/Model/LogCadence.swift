import FineTuneKit

/// How often `finetune train` logs where nobody said: about twenty rows, and one before every
/// evaluation, so that a short run is not silent.
///
/// Python's cadence, every 500 steps, is the longest; `logging_steps` or `logging_strategy`
/// choose another.
enum LogCadence {
    /// Whether the arguments leave the cadence to the tool.
    static func isOpen(_ configuration: Configuration) -> Bool {
        configuration.given.isDisjoint(with: ["logging_steps", "logging_strategy"])
    }

    /// The arguments with a cadence for so many rows of training data.
    static func applied(to arguments: TrainingArguments, rows: Int) throws -> TrainingArguments {
        let size = arguments.trainBatchSize
        let batches = arguments.dataloaderDropLast ? rows / size : (rows + size - 1) / size
        let plan = try TrainingPlan(arguments, batches: batches, rows: rows)
        var result = arguments
        // Without a value of its own the interval of evaluations would follow that of logs.
        if arguments.evalStrategy == .steps, arguments.evalSteps == nil {
            result.evalSteps = arguments.loggingSteps
        }
        result.loggingSteps = min(arguments.loggingSteps, Double((plan.maxSteps + 19) / 20))
        return result
    }

    /// Logs the training loss before each evaluation.
    struct Callback: TrainerCallback {
        var readsCheckpoints: Bool { false }

        func on(
            _ event: TrainerEvent, _ context: TrainerContext, _ control: inout TrainerControl
        ) {
            switch event {
            case .stepEnd, .epochEnd: if control.shouldEvaluate { control.shouldLog = true }
            default: break
            }
        }
    }
}
