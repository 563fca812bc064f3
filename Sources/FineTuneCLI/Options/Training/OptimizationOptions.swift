import ArgumentParser
import FineTuneKit

/// The options of `TrainingArguments.durationFields`.
struct DurationOptions: FieldOptions {
    @Option(help: help("output_dir")) var outputDir: String?
    @Option(help: help("num_train_epochs")) var numTrainEpochs: String?
    @Option(help: help("max_steps")) var maxSteps: String?
    @Option(help: help("per_device_train_batch_size")) var perDeviceTrainBatchSize: String?
    @Option(help: help("per_device_eval_batch_size")) var perDeviceEvalBatchSize: String?
    @Option(help: help("gradient_accumulation_steps")) var gradientAccumulationSteps: String?
    @Option(help: detail("gradient_accumulation_scaling")) var gradientAccumulationScaling: String?
    @Option(help: detail("average_tokens_across_devices")) var averageTokensAcrossDevices: String?
    @Option(help: detail("auto_find_batch_size")) var autoFindBatchSize: String?
}

/// The options of `TrainingArguments.rateFields`.
struct RateOptions: FieldOptions {
    @Option(help: help("learning_rate")) var learningRate: String?
    @Option(help: help("lr_scheduler_type")) var lrSchedulerType: String?
    @Option(help: detail("lr_scheduler_kwargs")) var lrSchedulerKwargs: String?
    @Option(help: help("warmup_steps")) var warmupSteps: String?
}

/// The options of `TrainingArguments.optimizerFields`.
struct OptimizerOptions: FieldOptions {
    @Option(help: help("optim")) var optim: String?
    @Option(help: detail("optim_args")) var optimArgs: String?
    @Option(help: help("weight_decay")) var weightDecay: String?
    @Option(help: detail("adam_beta1")) var adamBeta1: String?
    @Option(help: detail("adam_beta2")) var adamBeta2: String?
    @Option(help: detail("adam_epsilon")) var adamEpsilon: String?
    @Option(help: help("max_grad_norm")) var maxGradNorm: String?
    @Option(help: help("label_smoothing_factor")) var labelSmoothingFactor: String?
    @Option(help: detail("neftune_noise_alpha")) var neftuneNoiseAlpha: String?
    @Option(help: detail("non_finite_policy")) var nonFinitePolicy: String?
    @Option(help: detail("non_finite_limit")) var nonFiniteLimit: String?
}
