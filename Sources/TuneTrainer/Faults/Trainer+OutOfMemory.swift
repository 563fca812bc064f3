import Logging
import TuneBase
import TuneBatching
import TuneTorch

extension Trainer {
    /// Makes batches be computed in twice as many parts.
    ///
    /// - Throws: `TuneError` when every part is a single row already.
    func splitBatches(further batches: [RowBatch], after error: TorchError) throws {
        let largest = batches.map(\.rows.count).max() ?? 0
        guard progress.batchParts < largest else { throw outOfMemory(error) }
        progress.batchParts *= 2
        logger.warning(
            "Memory ran out at step \(state.globalStep + 1); batches are computed in \(progress.batchParts) parts from here on. The update stays that of the whole batch."
        )
    }

    /// The error for an update that memory did not suffice for, after some of it was made.
    func outOfMemoryInUpdate(_ error: TorchError) -> TuneError {
        TuneError(
            .failed,
            "Memory ran out in the update of step \(state.globalStep + 1): the weights in memory are in part those of before it.",
            remedy:
                "Go on from the last checkpoint, with a smaller perDeviceTrainBatchSize or optim adamw_torch_fused, which takes no memory in updates.",
            cause: error)
    }

    /// The error for work that does not fit into memory.
    func outOfMemory(_ error: TorchError) -> TuneError {
        TuneError(
            .failed,
            "Memory ran out at step \(state.globalStep + 1) with \(args.trainBatchSize) rows per batch\(progress.batchParts > 1 ? ", computed in \(progress.batchParts) parts" : "").",
            remedy:
                "Lower perDeviceTrainBatchSize and raise gradientAccumulationSteps by the same factor, or shorten the texts.",
            cause: error)
    }
}
