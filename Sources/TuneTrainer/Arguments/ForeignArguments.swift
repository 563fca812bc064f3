import TuneBase

/// A field of Python's `TrainingArguments` that is not available here.
struct ForeignArgument: Sendable {
    let name: String
    /// The value that asks for nothing.
    let pythonDefault: JSONValue
    /// What to do instead.
    let advice: String
}

/// Names of Python's `TrainingArguments`, of this or older versions, that are not fields here.
enum ForeignArguments {
    /// The field of Python's class with a name, or nil.
    static func named(_ name: String) -> ForeignArgument? { all.first { $0.name == name } }

    private static let all: [ForeignArgument] =
        arguments(
            ["torch_compile": false, "torch_compile_backend": nil, "torch_compile_mode": nil],
            "Remove it: it concerns Python's compiler; the mode 'fast' has kernels of its own.")
        + arguments(
            ["use_liger_kernel": false, "liger_kernel_config": nil],
            "Remove it: these kernels need Python; the mode 'fast' has kernels of its own.")
        + arguments(
            ["optim_target_modules": nil],
            "Remove it: only optimizers of other Python packages read it.")
        + arguments(
            [
                "project": "huggingface", "trackio_space_id": nil, "trackio_bucket_id": nil,
                "trackio_static_space_id": nil,
            ], "Remove it: the tracker is a Python package; see 'report_to'.")
        + arguments(
            ["eval_use_gather_object": false],
            "Remove it: predictions are tensors and need no Python objects.")
        + arguments(
            [
                "push_to_hub": false, "hub_model_id": nil, "hub_token": nil,
                "hub_strategy": "every_save", "hub_private_repo": nil, "hub_always_push": false,
                "hub_revision": nil,
            ],
            "Remove it: uploading is not part of training here; upload 'output_dir' afterwards.")
        + arguments(
            [
                "parallelism_config": nil, "fsdp": nil, "fsdp_config": nil, "deepspeed": nil,
                "ddp_broadcast_buffers": nil, "ddp_static_graph": nil, "local_rank": -1,
            ], "Remove it: training runs in one process.")
        + arguments(
            ["dataloader_multiprocessing_context": nil],
            "Remove it: batches are made on a thread; see 'dataloader_prefetch_factor'.")
        + arguments(
            ["debug": ""],
            "Remove it: a training stops at the first value that is not finite and names it.")

    private static func arguments(
        _ defaults: KeyValuePairs<String, JSONValue>, _ advice: String
    ) -> [ForeignArgument] {
        defaults.map { ForeignArgument(name: $0.key, pythonDefault: $0.value, advice: advice) }
    }

    /// What became of names that older versions had, or that are easily taken for a field.
    static let formerNames = [
        "evaluation_strategy": "It is called 'eval_strategy' now.",
        "no_cuda": "It is called 'use_cpu' now.",
        "warmup_ratio":
            "Write the ratio as 'warmup_steps': a value below 1 is a share of all steps.",
        "per_gpu_train_batch_size": "It is called 'per_device_train_batch_size' now.",
        "per_gpu_eval_batch_size": "It is called 'per_device_eval_batch_size' now.",
        "group_by_length": "Write train_sampling_strategy: group_by_length.",
        "include_inputs_for_metrics": "Write include_for_metrics: inputs.",
        "lr": "It is called 'learning_rate'.",
        "epochs": "It is called 'num_train_epochs'.",
        "batch_size": "It is called 'per_device_train_batch_size'.",
        "overwrite_output_dir": "Remove it: an existing output directory is always used.",
        "save_safetensors": "Remove it: weights are always saved as safetensors.",
        "use_mps_device": "Remove it: the device is found automatically; see 'use_cpu'.",
        "fp16_backend": "Remove it and use 'bf16'.",
        "half_precision_backend": "Remove it and use 'bf16'.",
        "logging_dir": "Remove it: results go to 'output_dir'.",
        "jit_mode_eval": "Remove it: it concerns Python's compiler.",
        "use_ipex": "Remove it: it concerns a Python package.",
        "torchdynamo": "Remove it: it concerns Python's compiler.",
        "include_tokens_per_second": "Remove it: tokens per second are always shown.",
        "push_to_hub_model_id": "Remove it: uploading is not part of training here.",
        "push_to_hub_organization": "Remove it: uploading is not part of training here.",
        "push_to_hub_token": "Remove it: uploading is not part of training here.",
    ]
}
