public import TuneBase
public import TuneNN
public import TuneOptim

extension TrainingArguments {
    /// Arguments with the given fields; see each field for its meaning.
    ///
    /// The labels are Python's keyword arguments in camel case, in the order of the fields.
    public init(
        _ outputDir: String, numTrainEpochs: Double = 3, maxSteps: Int = -1,
        perDeviceTrainBatchSize: Int = 8, perDeviceEvalBatchSize: Int = 8,
        gradientAccumulationSteps: Int = 1,
        gradientAccumulationScaling: GradientAccumulationScaling = .mean,
        averageTokensAcrossDevices: Bool = true, autoFindBatchSize: Bool = false,
        learningRate: Double = 5e-5, lrSchedulerType: ScheduleName = .linear,
        lrSchedulerKwargs: JSONObject? = nil, warmupSteps: Double = 0,
        optim: OptimizerName = .adamwTorchFused, optimArgs: String? = nil, weightDecay: Double = 0,
        adamBeta1: Double = 0.9, adamBeta2: Double = 0.999, adamEpsilon: Double = 1e-8,
        maxGradNorm: Double = 1, labelSmoothingFactor: Double = 0, neftuneNoiseAlpha: Double? = nil,
        nonFinitePolicy: NonFinitePolicy = .stop, nonFiniteLimit: Int = 3, bf16: Bool = false,
        fp16: Bool = false, bf16FullEval: Bool = false, fp16FullEval: Bool = false,
        tf32: Bool? = nil, useCPU: Bool = false, mode: ExecutionMode = .fast,
        activationCheckpointing: Bool? = nil, activationCheckpointingKwargs: JSONObject? = nil,
        gradientCheckpointing: Bool? = nil, gradientCheckpointingKwargs: JSONObject? = nil,
        useCache: Bool = false, torchEmptyCacheSteps: Int? = nil,
        acceleratorConfig: AcceleratorConfig? = nil, ddpBackend: String? = nil,
        ddpFindUnusedParameters: Bool? = nil, ddpBucketCapMB: Int? = nil, ddpTimeout: Int = 1800,
        loggingStrategy: IntervalStrategy = .steps, loggingSteps: Double = 500,
        loggingFirstStep: Bool = false, loggingNanInfFilter: Bool = true,
        logOnEachNode: Bool = true, logLevel: LogLevel = .passive,
        logLevelReplica: LogLevel = .warning, includeNumInputTokensSeen: TokenCounting = .no,
        skipMemoryMetrics: Bool = true, disableTqdm: Bool? = nil, progress: ProgressStyle = .auto,
        reportTo: [String] = ["none"], runName: String? = nil, evalStrategy: IntervalStrategy = .no,
        evalSteps: Double? = nil, evalDelay: Double = 0, evalOnStart: Bool = false,
        predictionLossOnly: Bool = false, evalDoConcatBatches: Bool = true,
        evalAccumulationSteps: Int? = nil, includeForMetrics: [MetricsInput] = [],
        batchEvalMetrics: Bool = false, saveStrategy: SaveStrategy = .steps,
        saveSteps: Double = 500, saveTotalLimit: Int? = nil, saveOnlyModel: Bool = false,
        saveOnEachNode: Bool = false, enableJITCheckpoint: Bool = false, handleSignals: Bool = true,
        interruptDeadline: Double = 25,
        loadBestModelAtEnd: Bool = false, metricForBestModel: String? = nil,
        greaterIsBetter: Bool? = nil, resumeFromCheckpoint: String? = nil,
        ignoreDataSkip: Bool = false, restoreCallbackStatesFromCheckpoint: Bool = false,
        pushToHub: Bool = false, hubModelID: String? = nil, hubToken: String? = nil,
        hubStrategy: HubStrategy = .everySave, hubPrivateRepo: Bool? = nil,
        hubAlwaysPush: Bool = false, hubRevision: String? = nil,
        seed: Int = 42, dataSeed: Int? = nil, fullDeterminism: Bool = false,
        trainSamplingStrategy: SamplingStrategy = .random, lengthColumnName: String = "length",
        dataloaderDropLast: Bool = false, dataloaderPrefetchFactor: Int = 2,
        dataloaderNumWorkers: Int = 0, dataloaderPinMemory: Bool = true,
        dataloaderPersistentWorkers: Bool = false, dataloaderInOrder: Bool = true,
        removeUnusedColumns: Bool = true, labelNames: [String]? = nil, doTrain: Bool = false,
        doEval: Bool = false, doPredict: Bool = false
    ) {
        (self.outputDir, self.numTrainEpochs, self.maxSteps) = (outputDir, numTrainEpochs, maxSteps)
        self.perDeviceTrainBatchSize = perDeviceTrainBatchSize
        self.perDeviceEvalBatchSize = perDeviceEvalBatchSize
        self.gradientAccumulationSteps = gradientAccumulationSteps
        self.gradientAccumulationScaling = gradientAccumulationScaling
        self.averageTokensAcrossDevices = averageTokensAcrossDevices
        self.autoFindBatchSize = autoFindBatchSize
        (self.learningRate, self.lrSchedulerType) = (learningRate, lrSchedulerType)
        (self.lrSchedulerKwargs, self.warmupSteps) = (lrSchedulerKwargs, warmupSteps)
        (self.optim, self.optimArgs, self.weightDecay) = (optim, optimArgs, weightDecay)
        (self.adamBeta1, self.adamBeta2, self.adamEpsilon) = (adamBeta1, adamBeta2, adamEpsilon)
        (self.maxGradNorm, self.labelSmoothingFactor) = (maxGradNorm, labelSmoothingFactor)
        (self.neftuneNoiseAlpha, self.nonFinitePolicy) = (neftuneNoiseAlpha, nonFinitePolicy)
        self.nonFiniteLimit = nonFiniteLimit
        (self.bf16, self.fp16, self.bf16FullEval) = (bf16, fp16, bf16FullEval)
        (self.fp16FullEval, self.tf32, self.useCPU, self.mode) = (fp16FullEval, tf32, useCPU, mode)
        self.activationCheckpointing = activationCheckpointing
        self.activationCheckpointingKwargs = activationCheckpointingKwargs
        self.gradientCheckpointing = gradientCheckpointing
        (self.gradientCheckpointingKwargs, self.useCache) = (gradientCheckpointingKwargs, useCache)
        self.torchEmptyCacheSteps = torchEmptyCacheSteps
        self.acceleratorConfig = acceleratorConfig
        (self.ddpBackend, self.ddpFindUnusedParameters) = (ddpBackend, ddpFindUnusedParameters)
        (self.ddpBucketCapMB, self.ddpTimeout) = (ddpBucketCapMB, ddpTimeout)
        (self.loggingStrategy, self.loggingSteps) = (loggingStrategy, loggingSteps)
        (self.loggingFirstStep, self.loggingNanInfFilter) = (loggingFirstStep, loggingNanInfFilter)
        (self.logOnEachNode, self.logLevel) = (logOnEachNode, logLevel)
        self.logLevelReplica = logLevelReplica
        self.includeNumInputTokensSeen = includeNumInputTokensSeen
        (self.skipMemoryMetrics, self.disableTqdm) = (skipMemoryMetrics, disableTqdm)
        (self.progress, self.reportTo, self.runName) = (progress, reportTo, runName)
        (self.evalStrategy, self.evalSteps, self.evalDelay) = (evalStrategy, evalSteps, evalDelay)
        (self.evalOnStart, self.predictionLossOnly) = (evalOnStart, predictionLossOnly)
        self.evalDoConcatBatches = evalDoConcatBatches
        self.evalAccumulationSteps = evalAccumulationSteps
        (self.includeForMetrics, self.batchEvalMetrics) = (includeForMetrics, batchEvalMetrics)
        (self.saveStrategy, self.saveSteps) = (saveStrategy, saveSteps)
        (self.saveTotalLimit, self.saveOnlyModel) = (saveTotalLimit, saveOnlyModel)
        (self.saveOnEachNode, self.enableJITCheckpoint) = (saveOnEachNode, enableJITCheckpoint)
        (self.handleSignals, self.interruptDeadline) = (handleSignals, interruptDeadline)
        self.loadBestModelAtEnd = loadBestModelAtEnd
        (self.metricForBestModel, self.greaterIsBetter) = (metricForBestModel, greaterIsBetter)
        (self.resumeFromCheckpoint, self.ignoreDataSkip) = (resumeFromCheckpoint, ignoreDataSkip)
        self.restoreCallbackStatesFromCheckpoint = restoreCallbackStatesFromCheckpoint
        (self.pushToHub, self.hubModelID, self.hubToken) = (pushToHub, hubModelID, hubToken)
        (self.hubStrategy, self.hubPrivateRepo) = (hubStrategy, hubPrivateRepo)
        (self.hubAlwaysPush, self.hubRevision) = (hubAlwaysPush, hubRevision)
        (self.seed, self.dataSeed, self.fullDeterminism) = (seed, dataSeed, fullDeterminism)
        self.trainSamplingStrategy = trainSamplingStrategy
        (self.lengthColumnName, self.dataloaderDropLast) = (lengthColumnName, dataloaderDropLast)
        self.dataloaderPrefetchFactor = dataloaderPrefetchFactor
        self.dataloaderNumWorkers = dataloaderNumWorkers
        self.dataloaderPinMemory = dataloaderPinMemory
        self.dataloaderPersistentWorkers = dataloaderPersistentWorkers
        self.dataloaderInOrder = dataloaderInOrder
        (self.removeUnusedColumns, self.labelNames) = (removeUnusedColumns, labelNames)
        (self.doTrain, self.doEval, self.doPredict) = (doTrain, doEval, doPredict)
    }

    /// The defaults, with an output directory.
    public init(outputDir: String = "trainer_output") { self.init(outputDir) }
}
