package import TuneBase

/// A name of Python's `TrainingArguments`, of this or an older version, that is no field here.
package struct ForeignArgument: Sendable {
    /// The name.
    package let name: String
    /// The values that ask for nothing, Python's default among them.
    let neutral: [JSONValue]
    /// What to do instead.
    package let advice: String

    /// What kind of value the name takes.
    package var kind: ArgumentField.Kind { neutral.first?.bool == nil ? .string : .bool }

    /// Whether a value asks for nothing; a text may spell it, as on a command line.
    package func isNeutral(_ value: JSONValue) -> Bool {
        neutral.contains { $0 == value || value.string.map(spellings($0).contains) == true }
    }

    private func spellings(_ value: JSONValue) -> [String] {
        value.isNull ? ["null", "None", "none"] : [value.serialized()]
    }

    /// The name with this spelling, or nil.
    package static func named(_ name: String) -> ForeignArgument? { all.first { $0.name == name } }
}

extension ForeignArgument {
    /// All such names.
    package static let all = (compilers + trackers + processes + results + devices + others)

    private static let compilers =
        names(
            [
                "torch_compile": [false], "torch_compile_backend": [nil],
                "torch_compile_mode": [nil], "torchdynamo": [nil], "jit_mode_eval": [false],
            ], "Remove it: it concerns Python's compiler; the mode 'fast' has kernels of its own.")
        + names(
            ["use_liger_kernel": [false], "liger_kernel_config": [nil], "use_ipex": [false]],
            "Remove it: its kernels need Python; the mode 'fast' has kernels of its own.")
        + names(
            ["optim_target_modules": [nil]],
            "Remove it: only optimizers of other Python packages read it.")

    private static let trackers =
        names(
            [
                "project": ["huggingface"], "trackio_space_id": [nil], "trackio_bucket_id": [nil],
                "trackio_static_space_id": [nil],
            ], "Remove it: the tracker is a Python package; see 'report_to'.")
        + names(
            ["eval_use_gather_object": [false]],
            "Remove it: predictions are tensors and need no Python objects.")
        + names(
            ["push_to_hub_model_id": [nil], "push_to_hub_organization": [nil]],
            "Write it into 'hub_model_id': organization/model.")
        + names(
            ["push_to_hub_token": [nil, "<PUSH_TO_HUB_TOKEN>"]], "It is called 'hub_token'.")

    private static let processes =
        names(
            [
                "parallelism_config": [nil], "fsdp": [nil, "", []], "fsdp_config": [nil],
                "fsdp_min_num_params": [0], "fsdp_transformer_layer_cls_to_wrap": [nil],
                "deepspeed": [nil], "ddp_broadcast_buffers": [nil], "ddp_static_graph": [nil],
                "local_rank": [-1, 0], "sharded_ddp": ["", []], "mp_parameters": [""],
                "ray_scope": ["last"],
            ], "Remove it: training runs in one process.")
        + names(
            ["dispatch_batches": [nil], "split_batches": [nil, false]],
            "Write it as a member of 'accelerator_config'.")
        + names(
            ["dataloader_multiprocessing_context": [nil]],
            "Remove it: batches are made on a thread; see 'dataloader_prefetch_factor'.")

    private static let results =
        names(
            ["debug": ["", []]],
            "Remove it: a training stops at the first value that is not finite and names it.")
        + names(
            ["overwrite_output_dir": [false]],
            "Remove it: a run goes on in its output directory; see --fresh.")
        + names(
            ["save_safetensors": [true]],
            "Remove it: weights are always saved as safetensors.")
        + names(["logging_dir": [nil]], "Remove it: results go to 'output_dir'.")
        + names(
            ["include_tokens_per_second": [false, true]],
            "Remove it: tokens per second are always shown.")

    private static let devices =
        names(
            ["use_mps_device": [false]],
            "Remove it: the device is found automatically; see 'use_cpu'.")
        + names(
            ["tpu_num_cores": [nil], "tpu_metrics_debug": [false], "xpu_backend": [nil]],
            "Remove it: the device is not supported.")
        + names(
            ["fp16_backend": ["auto", "amp"], "half_precision_backend": ["auto", "amp"]],
            "Remove it: 'bf16' and 'fp16' have one implementation.")
        + names(["fp16_opt_level": ["O1"]], "Remove it and use 'bf16' or 'fp16'.")

    private static let others =
        names(
            ["past_index": [-1], "use_legacy_prediction_loop": [false]],
            "Remove it: no model here has a use for it.")
        + names(["lr": []], "It is called 'learning_rate'.")
        + names(["epochs": []], "It is called 'num_train_epochs'.")
        + names(["batch_size": []], "It is called 'per_device_train_batch_size'.")

    private static func names(
        _ neutral: KeyValuePairs<String, [JSONValue]>, _ advice: String
    ) -> [ForeignArgument] {
        neutral.map { ForeignArgument(name: $0.key, neutral: $0.value, advice: advice) }
    }
}
