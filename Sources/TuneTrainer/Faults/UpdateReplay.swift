import Logging
import TuneAccelerator
import TuneBase
import TuneBatching
import TuneOptim
import TuneTorch

/// What an update began with, so that it can be made again when memory runs out before parameters
/// have changed.
struct UpdateReplay {
    private let generators: RandomStates
    private let operations: OperationCount
    /// Whether the gradients are complete, so that only clipping and the optimizer's step can fail.
    var hasGradients = false
    private var wasRepeated = false

    /// Notes how things stand.
    ///
    /// - Throws: `TuneError` when there is no memory even for that.
    init(_ trainer: Trainer) throws {
        let device = trainer.accelerator.device
        generators = try trainer.guardingStep(attempts: 2) { RandomStates(device) }
        operations = trainer.operations
    }

    /// Puts things back, for one more attempt: of the same work where the gradients were complete,
    /// the first time, and otherwise with batches in smaller parts.
    ///
    /// - Throws: `TuneError` when they cannot be smaller.
    mutating func startOver(
        _ trainer: Trainer, _ batches: [RowBatch], after error: TorchError
    ) throws {
        trainer.optimizer?.zeroGrad()
        trainer.gradScaler?.startOver()
        trainer.operations = operations
        if hasGradients, !wasRepeated {
            wasRepeated = true
            trainer.logger.warning(
                "Memory ran out in the update of step \(trainer.state.globalStep + 1), which has changed nothing yet; the step is made again."
            )
        } else {
            try trainer.splitBatches(further: batches, after: error)
        }
        hasGradients = false
        try trainer.guardingStep(attempts: 2) {
            TorchRuntime.emptyCache(of: trainer.accelerator.device)
            try generators.restore()
        }
    }
}
