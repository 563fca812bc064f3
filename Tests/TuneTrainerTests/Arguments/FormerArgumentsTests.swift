import Testing
import TuneBase
import TuneOptim
import TuneTrainer

/// Names of older versions of Python's class.
@Suite struct FormerArgumentsTests {
    private func read(_ json: JSONValue) throws -> TrainingArguments {
        try TrainingArguments(json: json, source: "run.json")
    }

    @Test func oldNamesSetTheFieldsOfToday() throws {
        let args = try read([
            "evaluation_strategy": "epoch", "no_cuda": true, "per_gpu_train_batch_size": 3,
            "per_gpu_eval_batch_size": 4, "warmup_ratio": 0.1, "group_by_length": true,
            "include_inputs_for_metrics": true, "adafactor": true,
        ])
        #expect(
            args
                == TrainingArguments(
                    "trainer_output", perDeviceTrainBatchSize: 3, perDeviceEvalBatchSize: 4,
                    warmupSteps: 0.1, optim: .adafactor, useCPU: true, evalStrategy: .epoch,
                    includeForMetrics: [.inputs], trainSamplingStrategy: .groupByLength))
    }

    @Test func oldDefaultsAskForNothing() throws {
        let args = try read([
            "no_cuda": false, "warmup_ratio": 0.0, "per_gpu_train_batch_size": nil,
            "group_by_length": false, "warmup_steps": 50, "evaluation_strategy": "no",
            "eval_strategy": "epoch", "fp16_backend": "auto", "overwrite_output_dir": false,
            "push_to_hub_token": "<PUSH_TO_HUB_TOKEN>", "save_safetensors": true,
        ])
        #expect(
            args == TrainingArguments("trainer_output", warmupSteps: 50, evalStrategy: .epoch))
    }

    @Test func theNewNameMayHaveItsDefault() throws {
        let args = try read([
            "warmup_ratio": 0.1, "warmup_steps": 0, "eval_strategy": "epoch",
            "evaluation_strategy": "epoch",
        ])
        #expect(args.warmupSteps == 0.1)
        #expect(args.evalStrategy == .epoch)
    }

    @Test(
        arguments: [
            (
                ["warmup_ratio": 0.1, "warmup_steps": 50],
                "'warmup_ratio' contradicts 'warmup_steps'"
            ),
            (["warmup_ratio": 1.5], "1.5 where a number from 0 to below 1"),
            (["warmup_ratio": "much"], "where a number"), (["group_by_length": 1], "1 where true"),
            (["evaluation_strategy": "epochs"], "cannot be 'epochs'"),
            (["half_precision_backend": "apex"], "'half_precision_backend' is not"),
        ] as [(JSONValue, String)])
    func whatCannotBe(json: JSONValue, part: String) throws {
        let error = #expect(throws: TuneError.self) { try read(json) }
        #expect(try #require(error).message.contains(part))
        #expect(error?.code == .badConfig)
        #expect(error?.remedy != nil)
    }

    @Test func allProblemsAreReportedTogether() throws {
        let error = #expect(throws: TuneError.self) {
            try read(["sed": 1, "torch_compile": true, "max_steps": 1.5, "bf16": true])
        }
        let message = try #require(error).message
        for part in ["3 problems", "Did you mean 'seed'?", "'torch_compile'", "'max_steps'"] {
            #expect(message.contains(part))
        }
    }

    @Test func namesAreOfOneKindEach() {
        #expect(Set(TrainingArguments.names).count == TrainingArguments.names.count)
        #expect(FormerArgument.all.allSatisfy { TrainingArguments.field($0.current) != nil })
        #expect(ForeignArgument.all.allSatisfy { $0.advice.hasSuffix(".") })
    }

    @available(*, deprecated, message: "Uses the old names, which are deprecated.")
    @Test func oldPropertiesReadAndWriteTheNewOnes() {
        var args = TrainingArguments("out")
        args.evaluationStrategy = .steps
        args.noCUDA = true
        (args.perGPUTrainBatchSize, args.perGPUEvalBatchSize) = (2, 3)
        (args.groupByLength, args.includeInputsForMetrics) = (true, true)
        args.warmupRatio = 0.25
        #expect(
            args
                == TrainingArguments(
                    "out", perDeviceTrainBatchSize: 2, perDeviceEvalBatchSize: 3,
                    warmupSteps: 0.25, useCPU: true, evalStrategy: .steps,
                    includeForMetrics: [.inputs], trainSamplingStrategy: .groupByLength))
        #expect(args.evaluationStrategy == .steps && args.noCUDA && args.groupByLength)
        #expect(args.includeInputsForMetrics && args.warmupRatio == 0.25)
        (args.groupByLength, args.includeInputsForMetrics, args.warmupSteps) = (false, false, 9)
        #expect(args.trainSamplingStrategy == .random && args.includeForMetrics.isEmpty)
        #expect(args.warmupRatio == 0)
    }

    @available(*, deprecated, message: "Uses the old labels, which are deprecated.")
    @Test func oldLabelsSetTheFieldsOfToday() {
        let args = TrainingArguments(
            "out", overwriteOutputDir: true, numTrainEpochs: 2, perGPUTrainBatchSize: 3,
            perGPUEvalBatchSize: 4, learningRate: 2e-5, warmupRatio: 0.1, adafactor: true,
            weightDecay: 0.01, fp16Backend: "auto", noCUDA: true, loggingDir: "logs",
            loggingSteps: 10, evaluationStrategy: .epoch, includeInputsForMetrics: true,
            saveStrategy: .epoch, saveSafetensors: true, loadBestModelAtEnd: true,
            metricForBestModel: "f1", groupByLength: true)
        #expect(
            args
                == TrainingArguments(
                    "out", numTrainEpochs: 2, perDeviceTrainBatchSize: 3,
                    perDeviceEvalBatchSize: 4, learningRate: 2e-5, warmupSteps: 0.1,
                    optim: .adafactor, weightDecay: 0.01, useCPU: true, loggingSteps: 10,
                    evalStrategy: .epoch, includeForMetrics: [.inputs], saveStrategy: .epoch,
                    loadBestModelAtEnd: true, metricForBestModel: "f1",
                    trainSamplingStrategy: .groupByLength))
    }

    @available(*, deprecated, message: "Uses the old labels, which are deprecated.")
    @Test func todaysLabelsCountBesideOldOnes() {
        let args = TrainingArguments(
            "out", perGPUTrainBatchSize: 3, perDeviceTrainBatchSize: 5, warmupRatio: 0.1,
            warmupSteps: 50, adafactor: true, optim: .sgd, evaluationStrategy: .steps,
            evalStrategy: .epoch)
        #expect(
            args
                == TrainingArguments(
                    "out", perDeviceTrainBatchSize: 5, warmupSteps: 50, optim: .sgd,
                    evalStrategy: .epoch))
        #expect(TrainingArguments("out", evaluationStrategy: .no) == TrainingArguments("out"))
    }
}
