import Logging
import TuneAccelerator
import TuneBase
import TuneBatching
import TuneDatasets
import TuneMetrics
import TuneNN
import TuneOptim
import TuneTorch

extension Trainer {
    /// Trains the model.
    ///
    /// Ends early, with a checkpoint, at SIGINT, SIGTERM or SIGUSR1; SIGUSR2 asks for a checkpoint
    /// in between. One process at a time can train in an output directory.
    ///
    /// - Parameter source: A checkpoint to go on from: `true` for the newest valid one of the
    ///   output directory, or the path of one. The run then continues as if it had never stopped.
    /// - Returns: Steps, mean loss, and metrics of speed.
    /// - Throws: `TuneError` before the first step when data, labels, output directory or
    ///   checkpoint do not fit; during training when the loss or a gradient is not finite (the
    ///   update does not happen) or memory runs out; with the code `interrupted` after a signal.
    @discardableResult
    public func train(resumeFromCheckpoint source: ResumeSource = .none) throws -> TrainOutput {
        makeReady(for: args.mode)
        return try ExecutionMode.$current.withValue(args.mode) {
            try Interruption.observing(args.handleSignals, deadline: args.interruptDeadline) {
                try runTraining(source)
            }
        }
    }

    private func runTraining(_ source: ResumeSource) throws -> TrainOutput {
        memory.start(.train)
        isInTrain = true
        defer { isInTrain = false }
        try renewModel()
        try enableActivationCheckpointing(args, in: model)
        return try withEmbeddingNoise(args.neftuneNoiseAlpha, in: model) { try runLoop(source) }
    }

    private func runLoop(_ source: ResumeSource) throws -> TrainOutput {
        let loader = try getTrainDataloader()
        let plan = try TrainingPlan(args, loader, rows: numExamples(loader))
        try checkBeforeTraining(loader)
        try prepare(for: plan)
        session = RunSession()
        session.directory = try RunDirectory(outputURL, logger: logger)
        PushSnapshot.removeAbandoned(in: outputURL)
        defer {
            session.directory = nil
            abandonPushes()
        }
        return try settlingCheckpoints {
            let isResumed = try resume(source, plan)
            try emit(.trainBegin)
            if args.evalOnStart, !isResumed { try evaluateDuringTraining() }
            try runEpochs(loader, plan)
            return try finish(plan)
        }
    }

    /// Trains to the end, where a policy asks for it with returns to earlier checkpoints.
    private func runEpochs(_ loader: any BatchLoader, _ plan: TrainingPlan) throws {
        do {
            try finishOwedWork()
            while progress.position.epoch < plan.epochs, !control.shouldTrainingStop {
                try trainEpoch(loader, plan)
                if control.shouldTrainingStop { break }
                progress.position = LoopPosition(epoch: progress.position.epoch + 1)
            }
        } catch let request as RollbackRequest {
            try rollBack(request, plan)
            try runEpochs(loader, plan)
        }
    }

    private func trainEpoch(_ loader: any BatchLoader, _ plan: TrainingPlan) throws {
        guard !progress.position.isEpochEnded else { return }
        try emit(.epochBegin)
        restoreStopRequests()
        let batches = try beginPass(loader)
        while !control.shouldEpochStop, !control.shouldTrainingStop,
            let group = try nextGroup(batches, plan)
        {
            try trainStep(group)
            progress.position.batchesDone += group.count
            state.epoch =
                Double(progress.position.epoch)
                + Double(progress.position.batchesDone) / Double(plan.batchesPerEpoch)
            try emit(.stepEnd)
            try logEvaluateSave()
            try endIfInterrupted()
        }
        if progress.position.batchesDone == 0 { stopForLackOfData() }
        progress.position.isEpochEnded = true
        try emit(.epochEnd)
        try logEvaluateSave()
        try endIfInterrupted()
    }

    /// The batches of the next update; nil at the end of the pass.
    private func nextGroup(
        _ batches: BatchIterator, _ plan: TrainingPlan
    ) throws -> [RowBatch]? {
        let asked = monotonicSeconds()
        var group: [RowBatch] = []
        while group.count < plan.batchesPerUpdate, let batch = try batches.nextRows() {
            group.append(batch)
        }
        progress.measures.dataWait += monotonicSeconds() - asked
        return group.isEmpty ? nil : group
    }

    /// Answers what callbacks asked for, in the order log, evaluate, save.
    private func logEvaluateSave() throws {
        try noteCheckpointEnd()
        if control.shouldLog, state.globalStep > progress.losses.lastLoggedStep {
            storeOperations()
            try log(
                progress.lossRow(at: state.globalStep), startTime: progress.measures.start)
        }
        if control.shouldEvaluate {
            let isBest = try noteIfBest(evaluateDuringTraining())
            if args.saveStrategy == .best { control.shouldSave = isBest }
        }
        if control.shouldSave { try saveCheckpoint() }
    }

    /// Makes up for an evaluation that an interruption prevented.
    private func finishOwedWork() throws {
        guard progress.position.owesEvaluation else { return }
        (control.shouldEvaluate, control.shouldSave) = (true, progress.position.owesCheckpoint)
        (progress.position.owesEvaluation, progress.position.owesCheckpoint) = (false, false)
        try logEvaluateSave()
    }

    /// Logs the summary and restores the best weights.
    private func finish(_ plan: TrainingPlan) throws -> TrainOutput {
        try settleCheckpoint()
        let steps = state.globalStep - progress.measures.firstStep
        let share = Double(steps) / Double(max(plan.maxSteps, 1))
        var metrics = speedMetrics(
            "train", runtime: monotonicSeconds() - progress.measures.start,
            samples: plan.sampleCount * share, steps: steps)
        storeOperations()
        let loss = progress.losses.mean(over: state.globalStep)
        metrics["total_flos"] = state.totalFlos
        metrics["train_loss"] = loss
        metrics = metrics.merging(memory.stop(.train))
        try log(metrics.asJSON)
        metrics = withPosition(metrics)
        if args.loadBestModelAtEnd { try loadBestModel() }
        finishPushes()
        try emit(.trainEnd)
        let output = TrainOutput(
            globalStep: state.globalStep, trainingLoss: loss, metrics: metrics,
            dataWait: progress.measures.dataWait, pushes: pushReport)
        logger.info("\(output.dataWaitSummary)")
        return output
    }
}
