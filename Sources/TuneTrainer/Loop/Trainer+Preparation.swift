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
    func trainLoader() throws -> DataLoader {
        guard let trainDataset else {
            throw TuneError(
                .missingInput, "The trainer has no training data.",
                remedy: "Pass trainDataset to Trainer.")
        }
        guard trainDataset.count > 0 else { throw emptySplit("training") }
        let dataset = try usedColumns(of: trainDataset, split: "training")
        let loader = try DataLoader(
            dataset, batchSize: args.trainBatchSize,
            sampler: SeedableRandomSampler(dataset.count, seed: args.dataSeed ?? args.seed),
            collateFn: dataCollator,
            dropLast: args.dataloaderDropLast, prefetchFactor: args.dataloaderPrefetchFactor)
        loader.device = accelerator.device
        return loader
    }

    /// Batches of a dataset in its own order.
    func evaluationLoader(_ dataset: Dataset, split: String) throws -> DataLoader {
        guard dataset.count > 0 else { throw emptySplit(split) }
        let loader = try DataLoader(
            usedColumns(of: dataset, split: split), batchSize: args.evalBatchSize,
            collateFn: dataCollator, prefetchFactor: args.dataloaderPrefetchFactor)
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
        let optimizer = try trainingOptimizer()
        self.optimizer = optimizer
        if !hasOwnScheduler {
            lrScheduler = try getScheduler(
                args.lrSchedulerType, optimizer: optimizer,
                numWarmupSteps: args.warmupSteps(of: plan.maxSteps),
                numTrainingSteps: plan.maxSteps,
                schedulerSpecificKwargs: args.lrSchedulerKwargs ?? [:])
        }
        optimizer.zeroGrad()
        logger.debug(
            "Training \(plan.maxSteps) steps over \(plan.epochs) epochs of \(plan.batchesPerEpoch) batches on \(accelerator.device)."
        )
        progress.measures.start = monotonicSeconds()
    }

    /// The optimizer: the user's, that of an earlier training with its moments, or a new one.
    private func trainingOptimizer() throws -> Optimizer {
        if let optimizer {
            guard !hasOwnOptimizer else { return optimizer }
            for index in optimizer.groups.indices {
                optimizer.groups[index].learningRate = args.learningRate
            }
            return optimizer
        }
        return try makeOptimizer(
            args.optim,
            groups: decayGroups(
                model, learningRate: args.learningRate, weightDecay: args.weightDecay),
            betas: (args.adamBeta1, args.adamBeta2), epsilon: args.adamEpsilon,
            optimArgs: args.optimArgs)
    }

    /// Brings the model to the device, in place.
    func placeModel() {
        model.to(accelerator.device)
        isPrepared = true
    }
}

/// The error for a split without rows.
func emptySplit(_ split: String) -> TuneError {
    TuneError(
        .badData, "The \(split) dataset has no rows.",
        remedy: "Choose another split, or check what filtered the rows out.")
}
