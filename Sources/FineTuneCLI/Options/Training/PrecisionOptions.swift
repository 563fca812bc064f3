import ArgumentParser
import FineTuneKit

/// The options of `TrainingArguments.precisionFields`.
struct PrecisionOptions: FieldOptions {
    @Option(help: help("bf16")) var bf16: String?
    @Option(help: help("fp16")) var fp16: String?
    @Option(help: detail("bf16_full_eval")) var bf16FullEval: String?
    @Option(help: detail("fp16_full_eval")) var fp16FullEval: String?
    @Option(help: detail("tf32")) var tf32: String?
    @Option(help: help("use_cpu")) var useCpu: String?
    @Option(help: help("mode")) var mode: String?
    @Option(help: help("activation_checkpointing")) var activationCheckpointing: String?
    @Option(help: detail("activation_checkpointing_kwargs"))
    var activationCheckpointingKwargs: String?
    @Option(help: detail("gradient_checkpointing")) var gradientCheckpointing: String?
    @Option(help: detail("gradient_checkpointing_kwargs")) var gradientCheckpointingKwargs: String?
    @Option(help: detail("use_cache")) var useCache: String?
    @Option(help: detail("torch_empty_cache_steps")) var torchEmptyCacheSteps: String?
    @Option(help: detail("accelerator_config")) var acceleratorConfig: String?
}

/// The options of `TrainingArguments.processFields`.
struct ProcessOptions: FieldOptions {
    @Option(help: detail("ddp_backend")) var ddpBackend: String?
    @Option(help: detail("ddp_find_unused_parameters")) var ddpFindUnusedParameters: String?
    @Option(help: detail("ddp_bucket_cap_mb")) var ddpBucketCapMb: String?
    @Option(help: detail("ddp_timeout")) var ddpTimeout: String?
}
