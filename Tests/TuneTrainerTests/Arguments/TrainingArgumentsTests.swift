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
            gradientAccumulationScaling: .python, learningRate: 6, lrSchedulerType: .cosine,
            warmupSteps: 7, optim: .adamwTorch, weightDecay: 8, adamBeta1: 0.1, adamBeta2: 0.2,
            adamEpsilon: 0.3, maxGradNorm: 9, bf16: true, fp16: true, useCPU: true,
            mode: .reference, loggingStrategy: .epoch, loggingSteps: 10, loggingFirstStep: true,
            loggingNanInfFilter: false, disableTqdm: true, reportTo: ["a"], runName: "b",
            evalStrategy: .epoch, evalSteps: 11, evalDelay: 12, evalOnStart: true,
            predictionLossOnly: true, saveStrategy: .best, saveSteps: 13, saveTotalLimit: 14,
            saveOnlyModel: true, loadBestModelAtEnd: true, metricForBestModel: "c",
            greaterIsBetter: false, seed: 15, dataSeed: 16, dataloaderDropLast: true,
            dataloaderPrefetchFactor: 17,
            removeUnusedColumns: false, labelNames: ["d"])
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
