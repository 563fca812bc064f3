import TuneBase
public import TuneOptim

extension TrainingArguments {
    /// Arguments as older tutorials write them: their labels beside those that they still share
    /// with today's initializer; each old one stands where today's name stands.
    ///
    /// Where both names are given, today's counts. These had a meaning once and have none now:
    /// `overwriteOutputDir` (`train()` begins anew unless it is told to resume), `loggingDir`
    /// (TensorBoard files lie in `runs` below the output directory; the variable
    /// `TENSORBOARD_LOGGING_DIR` names another place), `saveSafetensors` (weights always are),
    /// `fp16Backend`, `halfPrecisionBackend` and `fp16OptLevel` (there is one implementation),
    /// `useMPSDevice` (the device is found).
    @available(
        *, deprecated,
        message:
            "Use today's labels: evaluationStrategy is evalStrategy, noCUDA useCPU, warmupRatio warmupSteps below 1, perGPU… perDevice…, groupByLength trainSamplingStrategy: .groupByLength, includeInputsForMetrics includeForMetrics: [.inputs], adafactor optim: .adafactor; leave the others out."
    )
    // A call with today's labels alone means the other initializer.
    @_disfavoredOverload
    public init(
        _ outputDir: String, overwriteOutputDir: Bool = false, numTrainEpochs: Double = 3,
        maxSteps: Int = -1, perGPUTrainBatchSize: Int? = nil, perDeviceTrainBatchSize: Int? = nil,
        perGPUEvalBatchSize: Int? = nil, perDeviceEvalBatchSize: Int? = nil,
        gradientAccumulationSteps: Int = 1, learningRate: Double = 5e-5,
        lrSchedulerType: ScheduleName = .linear, warmupRatio: Double = 0, warmupSteps: Double = 0,
        adafactor: Bool = false, optim: OptimizerName? = nil, weightDecay: Double = 0,
        adamBeta1: Double = 0.9, adamBeta2: Double = 0.999, adamEpsilon: Double = 1e-8,
        maxGradNorm: Double = 1, labelSmoothingFactor: Double = 0, bf16: Bool = false,
        fp16: Bool = false, fp16OptLevel: String = "O1", fp16Backend: String = "auto",
        halfPrecisionBackend: String = "auto", noCUDA: Bool = false, useMPSDevice: Bool = false,
        useCPU: Bool = false, gradientCheckpointing: Bool? = nil, loggingDir: String? = nil,
        loggingStrategy: IntervalStrategy = .steps, loggingSteps: Double = 500,
        loggingFirstStep: Bool = false, disableTqdm: Bool? = nil, reportTo: [String] = ["none"],
        runName: String? = nil, evaluationStrategy: IntervalStrategy? = nil,
        evalStrategy: IntervalStrategy? = nil, evalSteps: Double? = nil, evalDelay: Double = 0,
        predictionLossOnly: Bool = false, evalAccumulationSteps: Int? = nil,
        includeInputsForMetrics: Bool = false, saveStrategy: SaveStrategy = .steps,
        saveSteps: Double = 500, saveTotalLimit: Int? = nil, saveSafetensors: Bool = true,
        loadBestModelAtEnd: Bool = false, metricForBestModel: String? = nil,
        greaterIsBetter: Bool? = nil, seed: Int = 42, groupByLength: Bool = false,
        lengthColumnName: String = "length", dataloaderDropLast: Bool = false,
        dataloaderNumWorkers: Int = 0, dataloaderPinMemory: Bool = true,
        removeUnusedColumns: Bool = true, labelNames: [String]? = nil, doTrain: Bool = false,
        doEval: Bool = false, doPredict: Bool = false
    ) {
        self.init(
            outputDir, numTrainEpochs: numTrainEpochs, maxSteps: maxSteps,
            perDeviceTrainBatchSize: perDeviceTrainBatchSize ?? perGPUTrainBatchSize ?? 8,
            perDeviceEvalBatchSize: perDeviceEvalBatchSize ?? perGPUEvalBatchSize ?? 8,
            gradientAccumulationSteps: gradientAccumulationSteps, learningRate: learningRate,
            lrSchedulerType: lrSchedulerType,
            warmupSteps: warmupSteps == 0 ? warmupRatio : warmupSteps,
            optim: optim ?? (adafactor ? .adafactor : .adamwTorchFused), weightDecay: weightDecay,
            adamBeta1: adamBeta1, adamBeta2: adamBeta2, adamEpsilon: adamEpsilon,
            maxGradNorm: maxGradNorm, labelSmoothingFactor: labelSmoothingFactor, bf16: bf16,
            fp16: fp16, useCPU: useCPU || noCUDA, gradientCheckpointing: gradientCheckpointing,
            loggingStrategy: loggingStrategy, loggingSteps: loggingSteps,
            loggingFirstStep: loggingFirstStep, disableTqdm: disableTqdm, reportTo: reportTo,
            runName: runName, evalStrategy: evalStrategy ?? evaluationStrategy ?? .no,
            evalSteps: evalSteps, evalDelay: evalDelay, predictionLossOnly: predictionLossOnly,
            evalAccumulationSteps: evalAccumulationSteps,
            includeForMetrics: includeInputsForMetrics ? [.inputs] : [],
            saveStrategy: saveStrategy, saveSteps: saveSteps, saveTotalLimit: saveTotalLimit,
            loadBestModelAtEnd: loadBestModelAtEnd, metricForBestModel: metricForBestModel,
            greaterIsBetter: greaterIsBetter, seed: seed,
            trainSamplingStrategy: groupByLength ? .groupByLength : .random,
            lengthColumnName: lengthColumnName, dataloaderDropLast: dataloaderDropLast,
            dataloaderNumWorkers: dataloaderNumWorkers, dataloaderPinMemory: dataloaderPinMemory,
            removeUnusedColumns: removeUnusedColumns, labelNames: labelNames, doTrain: doTrain,
            doEval: doEval, doPredict: doPredict)
    }
}
