import Testing
import TuneBase
import TuneNN
import TuneOptim
import TuneTrainer

@Suite struct TrainingArgumentsTests {
    @Test func defaultsArePythons() {
        let args = TrainingArguments("test-trainer")
        #expect(args.outputDir == "test-trainer")
        #expect(args.learningRate == 5e-5)
        #expect(args.numTrainEpochs == 3)
        #expect(args.perDeviceTrainBatchSize == 8)
        #expect(args.loggingSteps == 500)
        #expect(args.saveStrategy == .steps)
        #expect(args.evalStrategy == .no)
        #expect(args.seed == 42)
        #expect(args == TrainingArguments(outputDir: "test-trainer"))
        #expect(TrainingArguments().outputDir == "trainer_output")
    }

    @Test func everyLabelOfTheInitializerSetsItsField() {
        let args = TrainingArguments(
            "out", numTrainEpochs: 1, maxSteps: 2, perDeviceTrainBatchSize: 3,
            perDeviceEvalBatchSize: 4, gradientAccumulationSteps: 5,
            gradientAccumulationScaling: .python, averageTokensAcrossDevices: false,
            autoFindBatchSize: true, learningRate: 6, lrSchedulerType: .cosine,
            lrSchedulerKwargs: ["num_cycles": 2], warmupSteps: 7, optim: .sgd,
            optimArgs: "momentum=0.9", weightDecay: 8, adamBeta1: 0.1, adamBeta2: 0.2,
            adamEpsilon: 0.3, maxGradNorm: 9, labelSmoothingFactor: 0.4, neftuneNoiseAlpha: 5,
            nonFinitePolicy: .skip, nonFiniteLimit: 4, bf16: true, fp16: true, bf16FullEval: true,
            fp16FullEval: true, tf32: true, useCPU: true, mode: .reference,
            activationCheckpointing: true, activationCheckpointingKwargs: ["every_n_layers": 2],
            gradientCheckpointing: true, gradientCheckpointingKwargs: ["use_reentrant": false],
            useCache: true, torchEmptyCacheSteps: 3,
            acceleratorConfig: AcceleratorConfig(useSeedableSampler: false), ddpBackend: "gloo",
            ddpFindUnusedParameters: true, ddpBucketCapMB: 25, ddpTimeout: 60,
            loggingStrategy: .epoch, loggingSteps: 10, loggingFirstStep: true,
            loggingNanInfFilter: false, logOnEachNode: false, logLevel: .info,
            logLevelReplica: .error, includeNumInputTokensSeen: .nonPadding,
            skipMemoryMetrics: false, disableTqdm: true, progress: .plain, reportTo: ["a"],
            runName: "b", evalStrategy: .epoch, evalSteps: 11, evalDelay: 12, evalOnStart: true,
            predictionLossOnly: true, evalDoConcatBatches: false, evalAccumulationSteps: 2,
            includeForMetrics: [.inputs], batchEvalMetrics: true, saveStrategy: .best,
            saveSteps: 13, saveTotalLimit: 14, saveOnlyModel: true, saveOnEachNode: true,
            enableJITCheckpoint: true, handleSignals: false, interruptDeadline: 5,
            loadBestModelAtEnd: true,
            metricForBestModel: "c", greaterIsBetter: false, resumeFromCheckpoint: "true",
            ignoreDataSkip: true, restoreCallbackStatesFromCheckpoint: true,
            pushToHub: true, hubModelID: "a/b", hubToken: "t", hubStrategy: .end,
            hubPrivateRepo: true, hubAlwaysPush: true, hubRevision: "dev", seed: 15,
            dataSeed: 16, fullDeterminism: true, trainSamplingStrategy: .groupByLength,
            lengthColumnName: "n", dataloaderDropLast: true, dataloaderPrefetchFactor: 17,
            dataloaderNumWorkers: 2, dataloaderPinMemory: false,
            dataloaderPersistentWorkers: true, dataloaderInOrder: false,
            removeUnusedColumns: false, labelNames: ["d"], doTrain: true, doEval: true,
            doPredict: true)
        let defaults = TrainingArguments("other")
        for field in TrainingArguments.fields {
            #expect(field.value(of: args) != field.value(of: defaults), "\(field.name)")
        }
    }

    @Test func warmupIsStepsOrAShare() {
        #expect(TrainingArguments("x", warmupSteps: 10).warmupSteps(of: 1000) == 10)
        #expect(TrainingArguments("x", warmupSteps: 0.06).warmupSteps(of: 1377) == 83)
        #expect(TrainingArguments("x").warmupSteps(of: 1377) == 0)
    }

    @Test func theBestModelMetricFollowsItsName() {
        #expect(TrainingArguments("x").bestModelMetric == nil)
        let loss = TrainingArguments("x", loadBestModelAtEnd: true)
        #expect(loss.bestModelMetric == "loss")
        #expect(!loss.isGreaterBetter)
        #expect(TrainingArguments("x", metricForBestModel: "f1").isGreaterBetter)
        #expect(!TrainingArguments("x", metricForBestModel: "eval_loss").isGreaterBetter)
    }
}
