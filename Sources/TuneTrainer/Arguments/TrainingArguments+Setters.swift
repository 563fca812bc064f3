public import TuneOptim

/// Groups of fields at once, as Python's `set_training` and its like; they return a copy:
///
///     let args = TrainingArguments("out").setTraining(learningRate: 1e-4, batchSize: 32)
///         .setEvaluate(strategy: .steps, steps: 100)
///
/// Each sets all fields of its group, those that are not named to the defaults of the method.
extension TrainingArguments {
    /// The fields of training; sets `doTrain`.
    public func setTraining(
        learningRate: Double = 5e-5, batchSize: Int = 8, weightDecay: Double = 0,
        numEpochs: Double = 3, maxSteps: Int = -1, gradientAccumulationSteps: Int = 1,
        seed: Int = 42, activationCheckpointing: Bool = false
    ) -> TrainingArguments {
        with {
            $0.doTrain = true
            ($0.learningRate, $0.weightDecay) = (learningRate, weightDecay)
            $0.perDeviceTrainBatchSize = batchSize
            ($0.numTrainEpochs, $0.maxSteps) = (numEpochs, maxSteps)
            $0.gradientAccumulationSteps = gradientAccumulationSteps
            $0.seed = seed
            $0.activationCheckpointing = activationCheckpointing
            $0.gradientCheckpointing = activationCheckpointing
        }
    }

    /// The fields of evaluation; sets `doEval` unless the strategy is `.no`.
    public func setEvaluate(
        strategy: IntervalStrategy = .no, steps: Double = 500, batchSize: Int = 8,
        accumulationSteps: Int? = nil, delay: Double = 0, lossOnly: Bool = false
    ) -> TrainingArguments {
        with {
            $0.doEval = strategy != .no
            ($0.evalStrategy, $0.evalSteps, $0.evalDelay) = (strategy, steps, delay)
            $0.perDeviceEvalBatchSize = batchSize
            $0.evalAccumulationSteps = accumulationSteps
            $0.predictionLossOnly = lossOnly
        }
    }

    /// The fields of prediction on held-out data; sets `doPredict`.
    public func setTesting(batchSize: Int = 8, lossOnly: Bool = false) -> TrainingArguments {
        with {
            $0.doPredict = true
            ($0.perDeviceEvalBatchSize, $0.predictionLossOnly) = (batchSize, lossOnly)
        }
    }

    /// The fields of checkpoints.
    public func setSave(
        strategy: SaveStrategy = .steps, steps: Double = 500, totalLimit: Int? = nil,
        onEachNode: Bool = false
    ) -> TrainingArguments {
        with {
            ($0.saveStrategy, $0.saveSteps) = (strategy, steps)
            ($0.saveTotalLimit, $0.saveOnEachNode) = (totalLimit, onEachNode)
        }
    }

    /// The fields of the Hub; sets `pushToHub`.
    ///
    ///     let args = TrainingArguments("out").setPushToHub("me/awesome-model")
    public func setPushToHub(
        _ modelID: String, strategy: HubStrategy = .everySave, token: String? = nil,
        privateRepo: Bool? = nil, alwaysPush: Bool = false, revision: String? = nil
    ) -> TrainingArguments {
        with {
            $0.pushToHub = true
            ($0.hubModelID, $0.hubToken, $0.hubStrategy) = (modelID, token, strategy)
            ($0.hubPrivateRepo, $0.hubAlwaysPush) = (privateRepo, alwaysPush)
            $0.hubRevision = revision
        }
    }

    /// The fields of logging; as in Python, the defaults of three of them are not those of the
    /// initializer: `nanInfFilter`, `onEachNode` and `replicaLevel`.
    public func setLogging(
        strategy: IntervalStrategy = .steps, steps: Double = 500, reportTo: [String] = ["none"],
        level: LogLevel = .passive, firstStep: Bool = false, nanInfFilter: Bool = false,
        onEachNode: Bool = false, replicaLevel: LogLevel = .passive
    ) -> TrainingArguments {
        with {
            ($0.loggingStrategy, $0.loggingSteps) = (strategy, steps)
            ($0.reportTo, $0.logLevel, $0.logLevelReplica) = (reportTo, level, replicaLevel)
            ($0.loggingFirstStep, $0.loggingNanInfFilter) = (firstStep, nanInfFilter)
            $0.logOnEachNode = onEachNode
        }
    }

    /// The fields of the optimizer; as in Python, the default is not the initializer's.
    public func setOptimizer(
        name: OptimizerName = .adamwTorch, learningRate: Double = 5e-5, weightDecay: Double = 0,
        beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, args: String? = nil
    ) -> TrainingArguments {
        with {
            ($0.optim, $0.optimArgs) = (name, args)
            ($0.learningRate, $0.weightDecay) = (learningRate, weightDecay)
            ($0.adamBeta1, $0.adamBeta2, $0.adamEpsilon) = (beta1, beta2, epsilon)
        }
    }

    /// The fields of the learning-rate schedule.
    public func setLRScheduler(
        name: ScheduleName = .linear, numEpochs: Double = 3, maxSteps: Int = -1,
        warmupSteps: Double = 0
    ) -> TrainingArguments {
        with {
            ($0.lrSchedulerType, $0.warmupSteps) = (name, warmupSteps)
            ($0.numTrainEpochs, $0.maxSteps) = (numEpochs, maxSteps)
        }
    }

    /// The fields of data loading.
    public func setDataloader(
        trainBatchSize: Int = 8, evalBatchSize: Int = 8, dropLast: Bool = false,
        numWorkers: Int = 0, pinMemory: Bool = true, persistentWorkers: Bool = false,
        prefetchFactor: Int = 2, inOrder: Bool = true, autoFindBatchSize: Bool = false,
        ignoreDataSkip: Bool = false, samplerSeed: Int? = nil
    ) -> TrainingArguments {
        with {
            $0.perDeviceTrainBatchSize = trainBatchSize
            $0.perDeviceEvalBatchSize = evalBatchSize
            ($0.dataloaderDropLast, $0.dataloaderNumWorkers) = (dropLast, numWorkers)
            $0.dataloaderPinMemory = pinMemory
            $0.dataloaderPersistentWorkers = persistentWorkers
            ($0.dataloaderPrefetchFactor, $0.dataloaderInOrder) = (prefetchFactor, inOrder)
            ($0.autoFindBatchSize, $0.ignoreDataSkip) = (autoFindBatchSize, ignoreDataSkip)
            $0.dataSeed = samplerSeed
        }
    }

    private func with(_ change: (inout TrainingArguments) -> Void) -> TrainingArguments {
        var result = self
        change(&result)
        return result
    }
}
