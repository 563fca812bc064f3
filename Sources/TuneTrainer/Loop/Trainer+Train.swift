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
    /// - Returns: Steps, mean loss, and metrics of speed.
    /// - Throws: `TuneError` before the first step when data, labels or output directory do not
    ///   fit; during training when the loss or a gradient is not finite (the update does not
    ///   happen) or memory runs out.
    @discardableResult
    public func train() throws -> TrainOutput {
        if args.mode == .fast { TorchRuntime.retainFreedMemory() }
        return try ExecutionMode.$current.withValue(args.mode) { try runTraining() }
    }

    private func runTraining() throws -> TrainOutput {
        memory.start(.train)
        isInTrain = true
        defer { isInTrain = false }
        try renewModel()
        return try withEmbeddingNoise(args.neftuneNoiseAlpha, in: model) { try runLoop() }
    }

    private func runLoop() throws -> TrainOutput {
        let loader = try getTrainDataloader()
        let plan = try TrainingPlan(args, loader)
        try checkBeforeTraining(loader)
        try prepare(for: plan)
        try emit(.trainBegin)
        if args.evalOnStart { _ = try evaluate() }
        for epoch in 0..<plan.epochs {
            try emit(.epochBegin)
            try trainEpoch(epoch, loader, plan)
            if control.shouldTrainingStop { break }
        }
        return try finish(plan)
    }

    private func trainEpoch(_ epoch: Int, _ loader: any BatchLoader, _ plan: TrainingPlan) throws {
        loader.setEpoch(epoch)
        let batches = loader.makeBatchIterator()
        var batchesDone = 0
        for update in 0..<plan.updatesPerEpoch {
            let asked = monotonicSeconds()
            let group = try batches.next(plan.batches(inUpdate: update))
            progress.measures.dataWait += monotonicSeconds() - asked
            guard !group.isEmpty else { break }
            try trainStep(group)
            batchesDone += group.count
            state.epoch = Double(epoch) + Double(batchesDone) / Double(plan.batchesPerEpoch)
            try emit(.stepEnd)
            try logEvaluateSave()
            if control.shouldEpochStop || control.shouldTrainingStop { break }
        }
        if batchesDone == 0 { stopForLackOfData() }
        try emit(.epochEnd)
        try logEvaluateSave()
    }

    /// One optimizer step over the batches of an update.
    private func trainStep(_ batches: [RowBatch]) throws {
        try emit(.stepBegin)
        let scales = lossScaling.scales(of: batches.map(\.batch))
        for (index, batch) in batches.enumerated() {
            let tensors = batch.batch.tensors(on: accelerator.device)
            progress.losses.add(Float(try trainingStep(tensors, scale: scales[index])))
            operations.add(tensors)
            state.numInputTokensSeen += inputTokens(batch.batch)
            if index < batches.count - 1 { try emit(.substepEnd) }
        }
        try update()
        state.globalStep += 1
    }

    /// Clips the gradient and lets optimizer and schedule step.
    private func update() throws {
        let norm = try guardingStep { clippedGradientNorm() }
        if !norm.isFinite { throw notFinite("gradient norm", norm) }
        progress.gradientNorm = norm
        try emit(.preOptimizerStep)
        try guardingStep { optimizer?.step() }
        try emit(.optimizerStep)
        progress.learningRate = optimizer?.groups.first?.learningRate ?? 0
        lrScheduler?.step()
        optimizer?.zeroGrad()
    }

    /// Answers what callbacks asked for, in the order log, evaluate, save.
    private func logEvaluateSave() throws {
        if control.shouldLog, state.globalStep > progress.losses.lastLoggedStep {
            storeOperations()
            try log(
                progress.lossRow(at: state.globalStep), startTime: progress.measures.start)
        }
        if control.shouldEvaluate {
            let isBest = try noteIfBest(evaluate())
            if args.saveStrategy == .best { control.shouldSave = isBest }
        }
        if control.shouldSave {
            try saveCheckpoint()
            try emit(.save)
        }
    }

    /// Logs the summary and restores the best weights.
    private func finish(_ plan: TrainingPlan) throws -> TrainOutput {
        let steps = state.globalStep
        let share = Double(steps) / Double(max(plan.maxSteps, 1))
        var metrics = speedMetrics(
            "train", runtime: monotonicSeconds() - progress.measures.start,
            samples: plan.sampleCount * share, steps: steps)
        storeOperations()
        let loss = progress.losses.mean(over: steps)
        metrics["total_flos"] = state.totalFlos
        metrics["train_loss"] = loss
        metrics = metrics.merging(memory.stop(.train))
        try log(metrics.asJSON)
        metrics["epoch"] = state.epoch
        if args.loadBestModelAtEnd { try loadBestModel() }
        try emit(.trainEnd)
        let output = TrainOutput(
            globalStep: steps, trainingLoss: loss, metrics: metrics,
            dataWait: progress.measures.dataWait)
        logger.info("\(output.dataWaitSummary)")
        return output
    }
}

extension BatchIterator {
    /// The next `count` batches, or as many as there are.
    fileprivate func next(_ count: Int) throws -> [RowBatch] {
        var batches: [RowBatch] = []
        while batches.count < count, let batch = try nextRows() { batches.append(batch) }
        return batches
    }
}
