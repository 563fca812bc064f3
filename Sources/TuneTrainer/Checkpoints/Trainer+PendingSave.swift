import Logging
import TuneBase

/// A checkpoint that is written but may not be on the disk yet, and what holds again if it fails.
struct PendingSave {
    /// The step.
    let step: Int
    /// What brings it to the disk.
    let completion: CheckpointCompletion
    /// The best checkpoint before it.
    let previousBest: String?
    /// The position of the checkpoint before it.
    let previousPosition: LoopPosition?
}

/// How many checkpoints in a row may fail before training gives up.
private let toleratedSaveFailures = 2

extension Trainer {
    /// Waits until the last checkpoint is on the disk under its name.
    ///
    /// Whatever reads, lists or removes checkpoints calls this before, and so does the end of a
    /// training. A checkpoint that failed is reported.
    ///
    /// - Returns: Whether it did not fail; true where there is none to wait for.
    /// - Throws: `TuneError` after several failures in a row.
    @discardableResult
    package func settleCheckpoint() throws -> Bool {
        guard let save = session.pendingSave else { return true }
        session.pendingSave = nil
        let began = monotonicSeconds()
        defer { progress.measures.saving += monotonicSeconds() - began }
        do {
            for problem in try save.completion.problems() { logger.warning("\(problem)") }
        } catch {
            (state.bestModelCheckpoint, session.lastSaved) = (
                save.previousBest, save.previousPosition
            )
            try tolerateLoss(ofCheckpoint: save.step, error)
            return false
        }
        (session.saveFailures, session.completeCheckpoint) = (0, save.step)
        return true
    }

    /// Takes note of what became of the last checkpoint if that is known by now.
    func noteCheckpointEnd() throws {
        if session.pendingSave?.completion.hasEnded == true { try settleCheckpoint() }
    }

    /// Runs a training; one that ends with an error leaves its last checkpoint complete too.
    func settlingCheckpoints<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch {
            do { try settleCheckpoint() } catch let loss { logger.error("\(loss)") }
            throw error
        }
    }

    /// Counts a checkpoint that could not be written.
    ///
    /// - Throws: `TuneError` when it is one too many in a row.
    func tolerateLoss(ofCheckpoint step: Int, _ error: any Error) throws {
        session.saveFailures += 1
        guard session.saveFailures <= toleratedSaveFailures else {
            throw TuneError(
                .io, "\(session.saveFailures) checkpoints in a row could not be written: \(error)",
                remedy: "Make room or correct the permissions, then run the same command again.",
                cause: error)
        }
        logger.error(
            "The checkpoint of step \(step) could not be written; training goes on. \(error)")
    }
}
