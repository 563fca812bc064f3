import Foundation
import Testing
import TuneBase
import TuneOptim
import TuneTrainer

@Suite struct TrainingArgumentsValidationTests {
    private func problems(_ change: (inout TrainingArguments) -> Void) throws -> String {
        var args = TrainingArguments("out")
        change(&args)
        let error = #expect(throws: TuneError.self) { try args.validate() }
        return try #require(error).message
    }

    @Test func defaultsAreValid() throws { try TrainingArguments("out").validate() }

    @Test func allProblemsAreReportedTogether() throws {
        let message = try problems {
            $0.learningRate = -1
            $0.perDeviceTrainBatchSize = 0
            $0.adamBeta1 = 1
            $0.bf16 = true
            $0.fp16 = true
        }
        for name in ["4 problems", "learning_rate", "train_batch_size", "adam_beta1", "exclude"] {
            #expect(message.contains(name))
        }
    }

    @Test func problemsSayWhereTheirFieldsGotTheirValues() throws {
        let text = "{\"seed\": 1,\n \"per_gpu_eval_batch_size\": 0,\n \"bf16\": true}"
        let document = try JSONDocument(parsing: Data(text.utf8), source: "run.json")
        let places = TrainingArguments.places(in: document)
        #expect(
            places == [
                "seed": "run.json:1:2", "per_device_eval_batch_size": "run.json:2:2",
                "bf16": "run.json:3:2",
            ])
        var args = try TrainingArguments(document)
        let alone = #expect(throws: TuneError.self) { try args.validate(places: places) }
        #expect(
            alone?.message
                == "run.json:2:2: per_device_eval_batch_size is 0, but must be at least 1.")
        args.fp16 = true
        let both = #expect(throws: TuneError.self) { try args.validate(places: places) }
        #expect(both?.message.contains("\n- run.json:3:2: bf16 and fp16 exclude") == true)
    }

    @Test func intervals() throws {
        #expect(try problems { $0.loggingSteps = 0 }.contains("logging_steps"))
        #expect(try problems { $0.saveSteps = 2.5 }.contains("integer or a share"))
        #expect(
            try problems {
                $0.evalStrategy = .steps
                $0.evalSteps = -1
            }.contains("eval_steps"))
        try TrainingArguments("out", loggingStrategy: .no, loggingSteps: 0).validate()
    }

    @Test func bestModelNeedsMatchingStrategies() throws {
        #expect(
            try problems { $0.loadBestModelAtEnd = true }.contains("eval_strategy (no)"))
        #expect(
            try problems {
                $0.loadBestModelAtEnd = true
                $0.evalStrategy = .steps
                $0.evalSteps = 200
            }.contains("multiple"))
        try TrainingArguments(
            "out", evalStrategy: .steps, evalSteps: 0.1, saveSteps: 0.3, loadBestModelAtEnd: true
        ).validate()
        #expect(try problems { $0.saveStrategy = .best }.contains("save_strategy best"))
    }

    @Test func reportersAndNumbersThatAreNone() throws {
        #expect(try problems { $0.reportTo = ["wandb"] }.contains("'wandb'"))
        #expect(try problems { $0.numTrainEpochs = .nan }.contains("num_train_epochs"))
        #expect(try problems { $0.learningRate = .infinity }.contains("learning_rate"))
        #expect(try problems { $0.seed = -1 }.contains("seed"))
        #expect(try problems { $0.outputDir = "" }.contains("output_dir"))
    }

    /// Numbers whose products or conversions would not fit into an integer.
    @Test func hugeNumbersAreProblems() throws {
        let message = try problems {
            $0.perDeviceTrainBatchSize = .max
            $0.gradientAccumulationSteps = .max
            $0.perDeviceEvalBatchSize = .max
            $0.warmupSteps = 1e300
            $0.evalDelay = .greatestFiniteMagnitude
            $0.maxSteps = .max
            $0.saveSteps = 1e300
        }
        for name in [
            "7 problems", "per_device_train_batch_size", "gradient_accumulation_steps",
            "per_device_eval_batch_size", "warmup_steps is 1e+300", "eval_delay", "1e15 rows",
            "save_steps",
        ] {
            #expect(message.contains(name), "\(name)")
        }
        #expect(try problems { $0.numTrainEpochs = 1e10 }.contains("at most 1000000000"))
        #expect(try problems { $0.maxSteps = .max }.contains("1e15 rows"))
        try TrainingArguments("out", maxSteps: 1_000_000, seed: .max).validate()
    }

    @Test func rangesOfFurtherFields() throws {
        let message = try problems {
            $0.labelSmoothingFactor = 1.5
            $0.neftuneNoiseAlpha = -1
            $0.torchEmptyCacheSteps = 0
            $0.evalAccumulationSteps = 0
            $0.nonFiniteLimit = -1
            $0.dataloaderNumWorkers = -1
            $0.ddpTimeout = 0
            $0.ddpBackend = "smoke"
            $0.lengthColumnName = ""
            $0.optimArgs = "momentum"
            $0.activationCheckpointingKwargs = ["every_n_layers": 0, "sometimes": true]
        }
        for name in [
            "12 problems", "label_smoothing_factor", "neftune_noise_alpha",
            "torch_empty_cache_steps", "eval_accumulation_steps", "non_finite_limit",
            "dataloader_num_workers", "ddp_timeout", "'smoke'", "length_column_name", "optim_args",
            "every_n_layers is 0", "'sometimes'",
        ] {
            #expect(message.contains(name), "\(name)")
        }
    }

    @Test func optimizerAndScheduleKnowTheirSettings() throws {
        let message = try problems {
            $0.optim = .rmsprop
            $0.optimArgs = "momentun=0.9"
            $0.lrSchedulerType = .cosineWithMinLR
            $0.lrSchedulerKwargs = ["min_rate": 0.1]
        }
        for name in ["2 problems", "'momentum'", "'min_lr_rate'"] {
            #expect(message.contains(name), "\(name)")
        }
        var args = TrainingArguments("x", lrSchedulerType: .cosineWithMinLR, optim: .sgd)
        args.lrSchedulerKwargs = ["min_lr_rate": 0.1]
        args.optimArgs = "momentum=0.9"
        try args.validate()
    }

    @Test func precisionsExcludeEachOther() throws {
        #expect(
            try problems {
                $0.bf16FullEval = true
                $0.fp16FullEval = true
            }.contains("bf16_full_eval and fp16_full_eval"))
        #expect(
            try problems {
                $0.useCPU = true
                $0.fp16 = true
            }.contains("fp16 needs a GPU"))
        #expect(
            try problems {
                $0.useCPU = true
                $0.tf32 = true
            }.contains("tf32 needs a GPU"))
    }
}
