import Logging
import TuneAccelerator
import TuneBase
import TuneBatching
import TuneDatasets
import TuneNN
import TuneOptim
import TuneTorch

extension Trainer {
    /// Batches of the training data, in an order that depends on the seed and the epoch only.
    func trainLoader() throws -> any BatchLoader {
        let loader: any BatchLoader
        switch trainDataset {
        case let dataset as Dataset: loader = try trainLoader(dataset)
        case let stream as any IterableDataset: loader = try trainLoader(stream)
        default:
            throw TuneError(
                .missingInput, "The trainer has no training data.",
                remedy: "Pass a Dataset or an IterableDataset as trainDataset to Trainer.")
        }
        loader.device = accelerator.device
        return loader
    }

    private func trainLoader(_ dataset: Dataset) throws -> DataLoader {
        guard dataset.count > 0 else { throw emptySplit("training") }
        return try DataLoader(
            usedColumns(of: dataset, split: "training"), batchSize: args.trainBatchSize,
            sampler: trainSampler(dataset), collateFn: dataCollator,
            dropLast: args.dataloaderDropLast, prefetchFactor: args.dataloaderPrefetchFactor)
    }

    private func trainLoader(_ stream: any IterableDataset) throws -> StreamLoader {
        let columns = model.forwardArguments + ["label", "label_ids"] + labelNames
        return try StreamLoader(
            stream, batchSize: args.trainBatchSize,
            collateFn: args.removeUnusedColumns
                ? RemoveColumnsCollator(dataCollator, signatureColumns: columns) : dataCollator,
            dropLast: args.dataloaderDropLast, prefetchFactor: args.dataloaderPrefetchFactor)
    }

    /// Batches of a dataset, in its own order or grouped by length.
    func evaluationLoader(_ dataset: Dataset, split: String) throws -> DataLoader {
        guard dataset.count > 0 else { throw emptySplit(split) }
        let loader = try DataLoader(
            usedColumns(of: dataset, split: split), batchSize: args.evalBatchSize,
            sampler: evaluationSampler(dataset), collateFn: dataCollator,
            prefetchFactor: args.dataloaderPrefetchFactor)
        loader.device = accelerator.device
        return loader
    }

    private func usedColumns(of dataset: Dataset, split: String) throws -> Dataset {
        guard args.removeUnusedColumns else { return dataset }
        let isNew = splitsWithNotice.insert(split).inserted
        let logger = isNew ? logger : Logger(label: "silent") { _ in SwiftLogNoOpLogHandler() }
        return try removingUnusedColumns(
            dataset, forwardArguments: model.forwardArguments, labelNames: labelNames,
            split: split, logger: logger)
    }

    /// Brings the model to the device; makes state, optimizer and schedule for a new training.
    func prepare(for plan: TrainingPlan) throws {
        placeModel()
        state = TrainerState()
        state.begin(plan, args)
        state.statefulCallbacks = callbackHandler.exportedStates(control)
        self.plan = plan
        progress = StepProgress()
        operations = OperationCount(model)
        let optimizer = try optimizerForTraining()
        self.optimizer = optimizer
        if !hasOwnScheduler {
            lrScheduler = try createScheduler(
                numTrainingSteps: plan.maxSteps, optimizer: optimizer)
        }
        if accelerator.mixedPrecision == .fp16 { gradScaler = try GradScaler() }
        optimizer.zeroGrad()
        logger.debug(
            "Training \(plan.maxSteps) steps over \(plan.epochs) epochs of \(plan.batchesPerEpoch) batches on \(accelerator.device)."
        )
        progress.measures.start = monotonicSeconds()
    }

    /// The optimizer: the user's, that of an earlier training with its moments, or a new one.
    private func optimizerForTraining() throws -> Optimizer {
        guard let optimizer else { return try createOptimizer() }
        guard !hasOwnOptimizer else { return optimizer }
        for index in optimizer.groups.indices {
            optimizer.groups[index].learningRate = args.learningRate
        }
        return optimizer
    }

    /// The optimizer that the arguments or the user's factory make.
    func newOptimizer() throws -> Optimizer {
        let groups = decayGroups(
            model, learningRate: args.learningRate, weightDecay: args.weightDecay)
        if let optimizerFactory { return try optimizerFactory(groups) }
        return try makeOptimizer(
            args.optim, groups: groups, betas: (args.adamBeta1, args.adamBeta2),
            epsilon: args.adamEpsilon, optimArgs: args.optimArgs)
    }

    /// The schedule that the arguments ask for.
    func newScheduler(_ steps: Int, _ optimizer: Optimizer) throws -> LRScheduler {
        try getScheduler(
            args.lrSchedulerType, optimizer: optimizer,
            numWarmupSteps: args.warmupSteps(of: steps), numTrainingSteps: steps,
            schedulerSpecificKwargs: args.lrSchedulerKwargs ?? [:])
    }

    /// Brings the model to the device, in place, where it computes in the chosen precision.
    func placeModel() {
        _ = accelerator.prepare(model as Module)
        isPrepared = true
    }
}

/// The error for a split without rows.
func emptySplit(_ split: String) -> TuneError {
    TuneError(
        .badData, "The \(split) dataset has no rows.",
        remedy: "Choose another split, or check what filtered the rows out.")
}
