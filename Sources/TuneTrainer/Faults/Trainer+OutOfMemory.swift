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
