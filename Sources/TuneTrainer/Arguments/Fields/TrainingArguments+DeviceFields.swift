extension TrainingArguments {
    static let precisionFields: [ArgumentField] = [
        .bool("bf16", \.bf16, "Compute matrix products in bfloat16."),
        .bool("fp16", \.fp16, "Compute matrix products in float16; GPUs only."),
        .bool("bf16_full_eval", \.bf16FullEval, "Evaluate with weights in bfloat16."),
        .bool("fp16_full_eval", \.fp16FullEval, "Evaluate with weights in float16; GPUs only."),
        .bool("tf32", \.tf32, "Let float32 products round to TF32; GPUs only."),
        .bool("use_cpu", \.useCPU, "Stay on the processor although there is a GPU."),
        .choice(
            "mode", \.mode,
            "Compute as Python does (reference) or as fast as possible (fast)."),
        .bool(
            "activation_checkpointing", \.activationCheckpointing,
            "Recompute activations in the backward pass to save memory."),
        .object(
            "activation_checkpointing_kwargs", \.activationCheckpointingKwargs,
            "Settings of activation checkpointing: every_n_layers."),
        .bool(
            "gradient_checkpointing", \.gradientCheckpointing,
            "Older name of activation_checkpointing."),
        .object(
            "gradient_checkpointing_kwargs", \.gradientCheckpointingKwargs,
            "Older name of activation_checkpointing_kwargs."),
        .bool("use_cache", \.useCache, "The value of use_cache in the saved config.json."),
        .int(
            "torch_empty_cache_steps", \.torchEmptyCacheSteps,
            "Steps between two returns of unused memory to the GPU."),
        .accelerator(
            "accelerator_config", \.acceleratorConfig,
            "Settings of the Accelerator: use_seedable_sampler and others."),
    ]

    static let processFields: [ArgumentField] = [
        .string(
            "ddp_backend", \.ddpBackend,
            "Library of collective operations; no effect in one process, as in Python."),
        .bool(
            "ddp_find_unused_parameters", \.ddpFindUnusedParameters,
            "Look for parameters without gradient; no effect in one process, as in Python."),
        .int(
            "ddp_bucket_cap_mb", \.ddpBucketCapMB,
            "Megabytes reduced together; no effect in one process, as in Python."),
        .int(
            "ddp_timeout", \.ddpTimeout,
            "Seconds to wait for others; no effect in one process, as in Python."),
    ]
}
