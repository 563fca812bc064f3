import ArgumentParser
import FineTuneKit

/// The options of `TrainingArguments.precisionFields`.
struct PrecisionOptions: FieldOptions {
    @Option(help: help("bf16")) var bf16: String?
    @Option(help: help("fp16")) var fp16: String?
    @Option(help: help("bf16_full_eval")) var bf16FullEval: String?
    @Option(help: help("fp16_full_eval")) var fp16FullEval: String?
    @Option(help: help("tf32")) var tf32: String?
    @Option(help: help("use_cpu")) var useCpu: String?
    @Option(help: help("mode")) var mode: String?
    @Option(help: help("activation_checkpointing")) var activationCheckpointing: String?
    @Option(help: help("activation_checkpointing_kwargs"))
    var activationCheckpointingKwargs: String?
    @Option(help: help("gradient_checkpointing")) var gradientCheckpointing: String?
    @Option(help: help("gradient_checkpointing_kwargs")) var gradientCheckpointingKwargs: String?
    @Option(help: help("use_cache")) var useCache: String?
    @Option(help: help("torch_empty_cache_steps")) var torchEmptyCacheSteps: String?
    @Option(help: help("accelerator_config")) var acceleratorConfig: String?
}

/// The options of `TrainingArguments.processFields`.
struct ProcessOptions: FieldOptions {
    @Option(help: help("ddp_backend")) var ddpBackend: String?
    @Option(help: help("ddp_find_unused_parameters")) var ddpFindUnusedParameters: String?
    @Option(help: help("ddp_bucket_cap_mb")) var ddpBucketCapMb: String?
    @Option(help: help("ddp_timeout")) var ddpTimeout: String?
}
