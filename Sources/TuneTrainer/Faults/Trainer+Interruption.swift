import TuneAccelerator
import TuneBase
import TuneMetrics

extension Trainer {
    /// Saves and ends training when a signal asked for it.
    ///
    /// - Throws: `TuneError` with the code `interrupted`.
    func endIfInterrupted() throws {
        if Interruption.takeSaveRequest() { try saveCheckpoint() }
        guard let signal = Interruption.requested else { return }
        guard try saveCheckpoint(), try settleCheckpoint() else {
            throw TuneError(
                .io,
                "Stopped by \(Interruption.name(of: signal)) after step \(state.globalStep), whose state could not be saved.",
                remedy:
                    "Make room, then run the same command again to go on from the last checkpoint.")
        }
        throw Interruption.error(
            by: signal, after: state.globalStep, in: "checkpoint-\(state.globalStep)")
    }

    /// Ends an evaluation during training when a signal asks the training to end.
    func checkInterruption() throws {
        if isInTrain, Interruption.requested != nil { throw EvaluationInterrupted() }
    }

    /// Evaluates; when a signal asks to end meanwhile, saves the state from before the evaluation,
    /// which is then made after resuming.
    @discardableResult
    func evaluateDuringTraining() throws -> MetricResult {
        let before = RandomStates(accelerator.device)
        let began = monotonicSeconds()
        defer { progress.measures.evaluation += monotonicSeconds() - began }
        do {
            let metrics = try evaluate()
            try moveSchedule(by: metrics)
            return metrics
        } catch is EvaluationInterrupted {
            try before.restore()
            progress.position.owesEvaluation = true
            progress.position.owesCheckpoint = control.shouldSave
            try endIfInterrupted()
            throw EvaluationInterrupted()
        }
    }
}

/// Thrown where an evaluation ends because a signal asks the training around it to end.
struct EvaluationInterrupted: Error {}
