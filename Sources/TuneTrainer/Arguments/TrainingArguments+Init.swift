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
        learningRate: Double = 5e-5, lrSchedulerType: ScheduleName = .linear,
        warmupSteps: Double = 0, optim: OptimizerName = .adamwTorchFused, weightDecay: Double = 0,
        adamBeta1: Double = 0.9, adamBeta2: Double = 0.999, adamEpsilon: Double = 1e-8,
        maxGradNorm: Double = 1, bf16: Bool = false, fp16: Bool = false, useCPU: Bool = false,
        mode: ExecutionMode = .fast, loggingStrategy: IntervalStrategy = .steps,
        loggingSteps: Double = 500, loggingFirstStep: Bool = false,
        loggingNanInfFilter: Bool = true, disableTqdm: Bool? = nil, reportTo: [String] = ["none"],
        runName: String? = nil, evalStrategy: IntervalStrategy = .no, evalSteps: Double? = nil,
        evalDelay: Double = 0, evalOnStart: Bool = false, predictionLossOnly: Bool = false,
        saveStrategy: SaveStrategy = .steps, saveSteps: Double = 500, saveTotalLimit: Int? = nil,
        saveOnlyModel: Bool = false, loadBestModelAtEnd: Bool = false,
        metricForBestModel: String? = nil, greaterIsBetter: Bool? = nil, seed: Int = 42,
        dataSeed: Int? = nil, dataloaderDropLast: Bool = false, dataloaderPrefetchFactor: Int = 2,
        removeUnusedColumns: Bool = true, labelNames: [String]? = nil
    ) {
        self.init(outputDir: outputDir)
        (self.numTrainEpochs, self.maxSteps) = (numTrainEpochs, maxSteps)
        self.perDeviceTrainBatchSize = perDeviceTrainBatchSize
        self.perDeviceEvalBatchSize = perDeviceEvalBatchSize
        self.gradientAccumulationSteps = gradientAccumulationSteps
        self.gradientAccumulationScaling = gradientAccumulationScaling
        (self.learningRate, self.lrSchedulerType) = (learningRate, lrSchedulerType)
        (self.warmupSteps, self.optim) = (warmupSteps, optim)
        (self.weightDecay, self.maxGradNorm) = (weightDecay, maxGradNorm)
        (self.adamBeta1, self.adamBeta2, self.adamEpsilon) = (adamBeta1, adamBeta2, adamEpsilon)
        (self.bf16, self.fp16, self.useCPU, self.mode) = (bf16, fp16, useCPU, mode)
        (self.loggingStrategy, self.loggingSteps) = (loggingStrategy, loggingSteps)
        (self.loggingFirstStep, self.loggingNanInfFilter) = (loggingFirstStep, loggingNanInfFilter)
        (self.disableTqdm, self.reportTo, self.runName) = (disableTqdm, reportTo, runName)
        (self.evalStrategy, self.evalSteps, self.evalDelay) = (evalStrategy, evalSteps, evalDelay)
        (self.evalOnStart, self.predictionLossOnly) = (evalOnStart, predictionLossOnly)
        (self.saveStrategy, self.saveSteps) = (saveStrategy, saveSteps)
        (self.saveTotalLimit, self.saveOnlyModel) = (saveTotalLimit, saveOnlyModel)
        (self.loadBestModelAtEnd, self.metricForBestModel) = (
            loadBestModelAtEnd, metricForBestModel
        )
        (self.greaterIsBetter, self.seed, self.dataSeed) = (greaterIsBetter, seed, dataSeed)
        self.dataloaderDropLast = dataloaderDropLast
        self.dataloaderPrefetchFactor = dataloaderPrefetchFactor
        (self.removeUnusedColumns, self.labelNames) = (removeUnusedColumns, labelNames)
    }
}
