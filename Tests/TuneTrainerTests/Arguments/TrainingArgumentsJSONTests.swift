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
        ("evaluation_strategy", "eval_strategy"), ("no_cuda", "use_cpu"),
        ("warmup_ratio", "warmup_steps"), ("overwrite_output_dir", "always used"),
        ("deepspeed", "one process"), ("push_to_hub", "uploading"), ("torch_compile", "compiler"),
    ])
    func oldAndForeignNamesSayWhatToDo(name: String, hint: String) throws {
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

    /// Every field of Python's class with its default there; `output_dir` and
    /// `dataloader_prefetch_factor` differ.
    private static let pythonDefaults: JSONObject = [
        "per_device_train_batch_size": 8, "num_train_epochs": 3.0, "max_steps": -1,
        "learning_rate":
            5e-05, "lr_scheduler_type": "linear", "lr_scheduler_kwargs": nil, "warmup_steps": 0,
        "optim": "adamw_torch_fused", "optim_args": nil, "weight_decay": 0.0, "adam_beta1": 0.9,
        "adam_beta2": 0.999, "adam_epsilon": 1e-08, "optim_target_modules": nil,
        "gradient_accumulation_steps": 1, "average_tokens_across_devices": true,
        "max_grad_norm":
            1.0, "label_smoothing_factor": 0.0, "bf16": false, "fp16": false,
        "bf16_full_eval": false,
        "fp16_full_eval": false, "tf32": nil, "activation_checkpointing": nil,
        "activation_checkpointing_kwargs": nil, "gradient_checkpointing": nil,
        "gradient_checkpointing_kwargs": nil, "torch_compile": false, "torch_compile_backend": nil,
        "torch_compile_mode": nil, "use_liger_kernel": false, "liger_kernel_config": nil,
        "use_cache": false, "neftune_noise_alpha": nil, "torch_empty_cache_steps": nil,
        "auto_find_batch_size": false, "logging_strategy": "steps", "logging_steps": 500,
        "logging_first_step": false, "log_on_each_node": true, "logging_nan_inf_filter": true,
        "include_num_input_tokens_seen": "no", "log_level": "passive",
        "log_level_replica":
            "warning", "disable_tqdm": nil, "report_to": "none", "run_name": nil,
        "project":
            "huggingface", "trackio_space_id": nil, "trackio_bucket_id": nil,
        "trackio_static_space_id":
            nil, "eval_strategy": "no", "eval_steps": nil, "eval_delay": 0,
        "per_device_eval_batch_size": 8, "prediction_loss_only": false, "eval_on_start": false,
        "eval_do_concat_batches": true, "eval_use_gather_object": false,
        "eval_accumulation_steps":
            nil, "include_for_metrics": [], "batch_eval_metrics": false, "save_only_model": false,
        "save_strategy": "steps", "save_steps": 500, "save_on_each_node": false,
        "save_total_limit":
            nil, "enable_jit_checkpoint": false, "push_to_hub": false, "hub_token": nil,
        "hub_private_repo": nil, "hub_model_id": nil, "hub_strategy": "every_save",
        "hub_always_push": false, "hub_revision": nil, "load_best_model_at_end": false,
        "metric_for_best_model": nil, "greater_is_better": nil, "ignore_data_skip": false,
        "restore_callback_states_from_checkpoint": false, "full_determinism": false, "seed": 42,
        "data_seed": nil, "use_cpu": false, "accelerator_config": nil, "parallelism_config": nil,
        "dataloader_drop_last": false, "dataloader_num_workers": 0, "dataloader_pin_memory": true,
        "dataloader_persistent_workers": false, "dataloader_multiprocessing_context": nil,
        "dataloader_in_order": true, "remove_unused_columns": true, "label_names": nil,
        "train_sampling_strategy": "random", "length_column_name": "length",
        "ddp_find_unused_parameters": nil, "ddp_bucket_cap_mb": nil, "ddp_broadcast_buffers": nil,
        "ddp_static_graph": nil, "ddp_backend": nil, "ddp_timeout": 1800, "fsdp": nil,
        "fsdp_config": nil, "deepspeed": nil, "debug": "", "skip_memory_metrics": true,
        "do_train":
            false, "do_eval": false, "do_predict": false, "resume_from_checkpoint": nil,
        "local_rank":
            -1,
    ]

    @Test func everyFieldOfPythonsClassIsAccepted() throws {
        let args = try TrainingArguments(
            json: .object(Self.pythonDefaults), source: "training_args.json")
        #expect(args == TrainingArguments())
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
