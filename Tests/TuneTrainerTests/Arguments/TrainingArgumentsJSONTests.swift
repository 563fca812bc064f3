import Testing
import TuneBase
import TuneNN
import TuneTrainer

@Suite struct TrainingArgumentsJSONTests {
    private func failure(_ json: JSONValue) throws -> TuneError {
        let error = #expect(throws: TuneError.self) {
            try TrainingArguments(json: json, source: "run.json")
        }
        return try #require(error)
    }

    @Test func readsPythonsNames() throws {
        let args = try TrainingArguments(
            json: [
                "output_dir": "out", "learning_rate": 2e-5, "num_train_epochs": 1,
                "eval_strategy": "epoch", "report_to": "none", "mode": "reference",
                "save_total_limit": 2, "disable_tqdm": nil, "label_names": ["labels"],
            ], source: "run.json")
        #expect(args.outputDir == "out")
        #expect(args.learningRate == 2e-5)
        #expect(args.numTrainEpochs == 1)
        #expect(args.evalStrategy == .epoch)
        #expect(args.mode == .reference)
        #expect(args.saveTotalLimit == 2)
        #expect(args.labelNames == ["labels"])
    }

    @Test func writesWhatItReads() throws {
        var args = TrainingArguments("out", maxSteps: 7, evalStrategy: .steps, evalSteps: 0.25)
        args.greaterIsBetter = false
        let copy = try TrainingArguments(json: args.toJSON(), source: "copy")
        #expect(copy == args)
        #expect(args.toJSON()["eval_steps"] == .double(0.25))
        #expect(args.toJSON()["run_name"] == .null)
    }

    @Test func unknownNamesNameFileAndNearestField() throws {
        let error = try failure(["learning_rat": 1e-5])
        #expect(error.message.contains("run.json"))
        #expect(error.message.contains("learning_rat"))
        #expect(error.remedy == "Did you mean 'learning_rate'?")
        #expect(error.code == .badConfig)
    }

    @Test(arguments: [
        ("warmup_ratio", "warmup_steps"), ("overwrite_output_dir", "--fresh"),
        ("deepspeed", "one process"), ("push_to_hub_model_id", "hub_model_id"),
        ("torch_compile", "compiler"),
        ("lr", "learning_rate"), ("banana", "docs/arguments.md"),
    ])
    func namesThatAreNoFieldsSayWhatToDo(name: String, hint: String) throws {
        let error = try failure(.object(JSONObject([(name, .bool(true))])))
        #expect(error.message.contains("'\(name)'"))
        #expect(error.remedy?.contains(hint) == true)
    }

    @Test func wrongKindsAreExplained() throws {
        #expect(try failure(["learning_rate": "fast"]).message.contains("a number is needed"))
        #expect(try failure(["max_steps": 1.5]).message.contains("an integer is needed"))
        #expect(try failure(["seed": nil]).message.contains("null where an integer"))
        let choice = try failure(["eval_strategy": "epochs"])
        #expect(choice.message.contains("cannot be 'epochs'"))
        #expect(choice.remedy?.contains("'epoch'") == true)
        #expect(try failure([1, 2]).message.contains("an array"))
    }

    @Test func fieldsHaveUniqueNamesAndHelp() {
        let names = TrainingArguments.fields.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(TrainingArguments.fields.allSatisfy { $0.help.hasSuffix(".") })
        #expect(
            TrainingArguments.field("train_sampling_strategy")?.kind
                == .choice(["random", "sequential", "group_by_length"]))
    }

    @Test func everyFieldOfPythonsClassIsAccepted() throws {
        let defaults = try #require(golden("arguments")["defaults"])
        #expect(try TrainingArguments(json: defaults, source: "x") == TrainingArguments())
        #expect(defaults.object?.keys.count == 114)
    }

    @Test func whatPythonWritesIsRead() throws {
        let dictionary = try #require(golden("arguments")["dictionary"])
        let args = try TrainingArguments(json: dictionary, source: "x")
        #expect(
            args
                == TrainingArguments(
                    "out", activationCheckpointing: false, gradientCheckpointing: false,
                    acceleratorConfig: AcceleratorConfig(), disableTqdm: false, reportTo: []))
        try args.validate()
    }

    @Test func severalKindsOfValues() throws {
        let args = try TrainingArguments(
            json: [
                "lr_scheduler_kwargs": "{\"num_cycles\": 2}",
                "activation_checkpointing_kwargs": ["every_n_layers": 2],
                "include_num_input_tokens_seen": true, "include_for_metrics": ["inputs", "loss"],
                "resume_from_checkpoint": true, "accelerator_config": ["even_batches": false],
            ], source: "run.json")
        #expect(args.lrSchedulerKwargs == ["num_cycles": 2])
        #expect(args.activationCheckpointingInterval == 2)
        #expect(args.includeNumInputTokensSeen == .all)
        #expect(args.includeForMetrics == [.inputs, .loss])
        #expect(args.resumeFromCheckpoint == "true")
        #expect(args.acceleratorConfig?.evenBatches == false)
        #expect(try failure(["lr_scheduler_kwargs": "{"]).message.contains("an object"))
        #expect(try failure(["include_for_metrics": ["logits"]]).message.contains("inputs, loss"))
    }
}
