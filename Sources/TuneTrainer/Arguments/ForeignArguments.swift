/// Names of Python's `TrainingArguments`, of this or older versions, that are not fields here.
enum ForeignArguments {
    /// What to do about a name, or nil when Python does not know it either.
    static func advice(for name: String) -> String? {
        if let advice = renamed[name] { return advice }
        return unsupported.first { $0.names.contains(name) }.map { "Remove it: \($0.reason)." }
    }

    private static let renamed = [
        "evaluation_strategy": "It is called 'eval_strategy' now.",
        "no_cuda": "It is called 'use_cpu' now.",
        "warmup_ratio":
            "Write the ratio as 'warmup_steps': a value below 1 is a share of all steps.",
        "per_gpu_train_batch_size": "It is called 'per_device_train_batch_size' now.",
        "per_gpu_eval_batch_size": "It is called 'per_device_eval_batch_size' now.",
        "lr": "It is called 'learning_rate'.",
        "epochs": "It is called 'num_train_epochs'.",
        "batch_size": "It is called 'per_device_train_batch_size'.",
        "overwrite_output_dir": "Remove it: an existing output directory is always used.",
        "save_safetensors": "Remove it: weights are always saved as safetensors.",
        "group_by_length": "Remove it: grouping by length is not available.",
        "use_mps_device": "Remove it: the device is found automatically; see 'use_cpu'.",
        "fp16_backend": "Remove it and use 'bf16'.",
        "half_precision_backend": "Remove it and use 'bf16'.",
        "logging_dir": "Remove it: results go to 'output_dir'.",
        "resume_from_checkpoint": "Remove it: resuming is not available yet.",
    ]

    private static let unsupported: [(names: Set<String>, reason: String)] = [
        (
            [
                "torch_compile", "torch_compile_backend", "torch_compile_mode", "use_liger_kernel",
                "liger_kernel_config", "jit_mode_eval", "use_ipex", "torchdynamo",
            ], "it concerns Python's compilers; the mode 'fast' has kernels of its own"
        ),
        (
            [
                "fsdp", "fsdp_config", "deepspeed", "parallelism_config", "local_rank",
                "ddp_backend", "ddp_timeout", "ddp_bucket_cap_mb", "ddp_find_unused_parameters",
                "ddp_broadcast_buffers", "ddp_static_graph", "average_tokens_across_devices",
                "accelerator_config", "log_on_each_node", "save_on_each_node",
            ], "training runs in one process"
        ),
        (
            [
                "push_to_hub", "hub_model_id", "hub_token", "hub_strategy", "hub_private_repo",
                "hub_always_push", "hub_revision", "push_to_hub_model_id",
                "push_to_hub_organization", "push_to_hub_token",
            ], "uploading is not part of training"
        ),
        (
            [
                "dataloader_num_workers", "dataloader_pin_memory",
                "dataloader_persistent_workers", "dataloader_multiprocessing_context",
                "dataloader_in_order",
            ], "a thread makes batches ahead; see 'dataloader_prefetch_factor'"
        ),
        (
            [
                "label_smoothing_factor", "neftune_noise_alpha", "optim_args",
                "optim_target_modules", "lr_scheduler_kwargs", "auto_find_batch_size",
                "activation_checkpointing", "activation_checkpointing_kwargs",
                "gradient_checkpointing", "gradient_checkpointing_kwargs", "full_determinism",
                "train_sampling_strategy", "length_column_name", "include_for_metrics",
                "include_inputs_for_metrics", "batch_eval_metrics", "eval_accumulation_steps",
                "eval_do_concat_batches", "eval_use_gather_object", "bf16_full_eval",
                "fp16_full_eval", "tf32", "torch_empty_cache_steps", "use_cache",
                "ignore_data_skip", "restore_callback_states_from_checkpoint",
                "enable_jit_checkpoint", "include_num_input_tokens_seen", "log_level",
                "log_level_replica", "debug", "skip_memory_metrics", "project",
                "trackio_space_id", "trackio_bucket_id", "trackio_static_space_id", "do_train",
                "do_eval", "do_predict", "include_tokens_per_second",
            ], "it is not available"
        ),
    ]
}
