import Foundation
import Logging
import TuneAccelerator
import TuneBase
import TuneBatching
import TuneNN
import TuneOptim
import TuneTorch

extension Trainer {
    /// Takes over the state of a checkpoint.
    ///
    /// - Returns: Whether there was one to go on from.
    /// - Throws: `TuneError` when a checkpoint is asked for that does not exist, is damaged, or
    ///   does not fit the model or the arguments.
    func resume(_ source: ResumeSource, _ plan: TrainingPlan) throws -> Bool {
        guard let run = session.directory else { return false }
        switch source {
        case .none:
            try run.beginRun()
            return false
        case .newest, .newestIfAny:
            guard let directory = try run.newestCheckpoint() else {
                guard source == .newestIfAny else { throw noCheckpoint() }
                return false
            }
            try checkArguments(directory, mustAgree: source == .newestIfAny)
            try restore(directory, plan)
        case .checkpoint(let path):
            let directory = try run.checkpoint(at: path)
            try restore(directory, plan)
            try run.branch(at: directory)
        }
        return true
    }

    private func noCheckpoint() -> TuneError {
        TuneError(
            .missingInput, "There is no valid checkpoint in \(outputURL.path) to go on from.",
            remedy: "Name one: train(resumeFromCheckpoint: \"DIRECTORY\"), or leave that out.")
    }

    /// Compares the arguments with those that a checkpoint was made with.
    ///
    /// - Parameters:
    ///   - directory: The checkpoint.
    ///   - mustAgree: Whether a difference is an error, because nobody asked for this checkpoint.
    /// - Throws: `TuneError` that names the differences.
    private func checkArguments(_ directory: URL, mustAgree: Bool) throws {
        let file = directory.appendingPathComponent(argumentsFile)
        guard let earlier = try? JSONValue(contentsOf: file).object else { return }
        let differences = args.differences(from: earlier)
        guard !differences.isEmpty else { return }
        let message =
            "The run in \(outputURL.path) has other arguments: \(differences.joined(separator: ", "))."
        guard mustAgree else {
            logger.warning("\(message) Training goes on with the new ones.")
            return
        }
        throw TuneError(
            .badConfig, message,
            remedy:
                "Begin anew (--fresh; its checkpoints are kept in archive), go on with the new ones (--resume-from-checkpoint true), or use another output directory."
        )
    }

    /// Takes over weights and everything that training needs to go on as if it had not stopped.
    private func restore(_ directory: URL, _ plan: TrainingPlan) throws {
        let files = CheckpointFiles(directory)
        let restored = try files.state()
        guard restored.globalStep <= plan.maxSteps else {
            throw TuneError(
                .badConfig,
                "The checkpoint \(directory.path) is of step \(restored.globalStep), but the arguments ask for \(plan.maxSteps) steps.",
                remedy: "Raise numTrainEpochs or maxSteps, or begin anew.")
        }
        let measures = progress.measures
        let restoredProgress =
            files.hasProgress
            ? try files.progress() : StepProgress(afterSteps: restored.globalStep, of: plan)
        if files.hasResumeState {
            try restoreTraining(files)
        } else {
            logger.warning(
                "\(directory.path) holds only the model and its history; the optimizer begins anew.\(files.isOfPython ? " finetune convert takes over the rest." : "")"
            )
        }
        try loadWeights(from: directory)
        progress = restoredProgress
        if args.ignoreDataSkip, !progress.position.isEpochEnded {
            progress.position = LoopPosition(epoch: progress.position.epoch)
        }
        progress.measures = measures
        progress.measures.firstStep = restored.globalStep
        progress.measures.firstInputTokens = restored.numInputTokensSeen
        session.lastSaved = progress.position
        takeOver(restored, plan)
        logger.notice("Going on from \(directory.path), step \(restored.globalStep).")
    }

    private func restoreTraining(_ files: CheckpointFiles) throws {
        let (optimizerState, schedulerState) = (try files.optimizer(), try files.scheduler())
        let (now, start) = try files.random()
        try optimizer?.restore(optimizerState)
        try lrScheduler?.restore(schedulerState)
        if let gradScaler, let scaler = try files.scaler() { try gradScaler.restore(scaler) }
        session.passStart = start
        try now.restore()
        warnOfOtherSchedule()
    }

    /// Tells that the learning rate jumps at the next step, as a schedule with other arguments
    /// makes it.
    private func warnOfOtherSchedule() {
        guard let scheduler = lrScheduler, let wanted = scheduler.scheduledLearningRates?.first,
            let saved = scheduler.lastLearningRates.first,
            abs(wanted - saved) > 1e-9 * max(abs(wanted), abs(saved))
        else { return }
        logger.warning(
            "The checkpoint has the learning rate \(saved), the schedule \(scheduler.kind) of this training \(wanted) at step \(scheduler.lastEpoch). Are the schedule, its warm-up and the number of steps those of the run?"
        )
    }

    /// Takes over history, best model and callbacks; counts of steps follow the arguments.
    private func takeOver(_ restored: TrainerState, _ plan: TrainingPlan) {
        let wasComplete = restored.globalStep >= restored.maxSteps
        callbackHandler.restore(restored.statefulCallbacks)
        session.stopRequests = TrainerControl(exported: restored.statefulCallbacks)
        if wasComplete, plan.maxSteps > restored.globalStep {
            session.stopRequests.shouldTrainingStop = false
        }
        control.shouldTrainingStop = session.stopRequests.shouldTrainingStop
        state = restored
        state.begin(plan, args)
    }

    /// Lets what a callback decided before the checkpoint hold after it.
    func restoreStopRequests() {
        if session.stopRequests.shouldTrainingStop { control.shouldTrainingStop = true }
        if session.stopRequests.shouldEpochStop { control.shouldEpochStop = true }
        session.stopRequests = TrainerControl()
    }

    /// Begins the pass over the data at its present position; the draws that the beginning of the
    /// pass made are made again from the state they were made from.
    func beginPass(_ loader: any BatchLoader) throws -> BatchIterator {
        let position = progress.position
        loader.setEpoch(position.epoch)
        let batches = loader.makeBatchIterator(startingAt: position.batchesDone)
        let now = RandomStates(accelerator.device)
        guard position.batchesDone > 0 else {
            session.passStart = now
            return batches
        }
        try session.passStart?.restore()
        try batches.drawOrder()
        try now.restore()
        return batches
    }

    /// Goes back to the newest checkpoint of this run because of a step whose numbers were not
    /// finite.
    ///
    /// - Throws: The error of that step when there is no checkpoint.
    func rollBack(_ request: RollbackRequest, _ plan: TrainingPlan) throws {
        try settleCheckpoint()
        guard let directory = try session.directory?.newestCheckpoint() else { throw request.error }
        var record = progress.nonFinite
        record.rollbacks += 1
        record.stepsToSkip.insert(request.step)
        let firstStep = progress.measures.firstStep
        logger.warning("\(request.error.message) Going back to \(directory.lastPathComponent).")
        optimizer?.zeroGrad()
        control = TrainerControl()
        try restore(directory, plan)
        progress.nonFinite = record
        progress.measures.firstStep = firstStep
    }
}
