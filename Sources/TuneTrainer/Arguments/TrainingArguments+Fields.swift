extension TrainingArguments {
    /// Every field, in the order in which help texts and files list them.
    public static let fields: [ArgumentField] =
        durationFields + rateFields + optimizerFields + precisionFields + loggingFields
        + evaluationFields + checkpointFields + dataFields

    /// The field with a Python name, or nil.
    public static func field(_ name: String) -> ArgumentField? { fields.first { $0.name == name } }

    private static let durationFields: [ArgumentField] = [
        .string("output_dir", \.outputDir, "Where checkpoints and results are written."),
        .number("num_train_epochs", \.numTrainEpochs, "Passes over the training data."),
        .int("max_steps", \.maxSteps, "If positive, the number of optimizer steps."),
        .int("per_device_train_batch_size", \.perDeviceTrainBatchSize, "Rows in a training batch."),
        .int(
            "per_device_eval_batch_size", \.perDeviceEvalBatchSize, "Rows in an evaluation batch."),
        .int(
            "gradient_accumulation_steps", \.gradientAccumulationSteps,
            "Batches that make one optimizer step."),
        .choice(
            "gradient_accumulation_scaling", \.gradientAccumulationScaling,
            "Whether an update follows the mean over its batches (mean) or their sum (python)."),
    ]

    private static let rateFields: [ArgumentField] = [
        .number("learning_rate", \.learningRate, "The base learning rate."),
        .choice("lr_scheduler_type", \.lrSchedulerType, "How the learning rate changes."),
        .number(
            "warmup_steps", \.warmupSteps,
            "Steps over which the rate rises from 0; below 1, that share of all steps."),
    ]

    private static let optimizerFields: [ArgumentField] = [
        .choice("optim", \.optim, "The optimizer."),
        .number("weight_decay", \.weightDecay, "Decoupled weight decay."),
        .number("adam_beta1", \.adamBeta1, "Adam's decay of the mean gradient."),
        .number("adam_beta2", \.adamBeta2, "Adam's decay of the mean squared gradient."),
        .number("adam_epsilon", \.adamEpsilon, "Added to the root of Adam's second moment."),
        .number("max_grad_norm", \.maxGradNorm, "Upper bound of the gradient norm; 0 for none."),
    ]

    private static let precisionFields: [ArgumentField] = [
        .bool("bf16", \.bf16, "Compute matrix products in bfloat16."),
        .bool("fp16", \.fp16, "Compute matrix products in float16; GPUs only."),
        .bool("use_cpu", \.useCPU, "Stay on the processor although there is a GPU."),
        .choice(
            "mode", \.mode,
            "Compute as Python does (reference) or as fast as possible (fast)."),
    ]

    private static let loggingFields: [ArgumentField] = [
        .choice("logging_strategy", \.loggingStrategy, "When the training loss is logged."),
        .number(
            "logging_steps", \.loggingSteps,
            "Steps between two logs; below 1, that share of all steps."),
        .bool("logging_first_step", \.loggingFirstStep, "Log the first step too."),
        .bool(
            "logging_nan_inf_filter", \.loggingNanInfFilter,
            "Leave non-finite losses out of an evaluation's mean."),
        .bool(
            "disable_tqdm", \.disableTqdm,
            "Show no progress bars; by default they show on a terminal."),
        .strings("report_to", \.reportTo, "Further reporters; only none exists."),
        .string("run_name", \.runName, "A name for the run."),
    ]

    private static let evaluationFields: [ArgumentField] = [
        .choice("eval_strategy", \.evalStrategy, "When the model is evaluated during training."),
        .number(
            "eval_steps", \.evalSteps,
            "Steps between two evaluations; below 1, that share of all steps."),
        .number("eval_delay", \.evalDelay, "Steps or epochs before the first evaluation."),
        .bool("eval_on_start", \.evalOnStart, "Evaluate before the first step."),
        .bool("prediction_loss_only", \.predictionLossOnly, "Keep only the loss of an evaluation."),
    ]

    private static let checkpointFields: [ArgumentField] = [
        .choice("save_strategy", \.saveStrategy, "When checkpoints are written."),
        .number(
            "save_steps", \.saveSteps,
            "Steps between two checkpoints; below 1, that share of all steps."),
        .int("save_total_limit", \.saveTotalLimit, "How many checkpoints are kept."),
        .bool("save_only_model", \.saveOnlyModel, "Save the model without the training's state."),
        .bool(
            "load_best_model_at_end", \.loadBestModelAtEnd,
            "End with the best checkpoint's weights."),
        .string(
            "metric_for_best_model", \.metricForBestModel, "The metric that tells the best model."),
        .bool("greater_is_better", \.greaterIsBetter, "Whether a larger metric is better."),
    ]

    private static let dataFields: [ArgumentField] = [
        .int("seed", \.seed, "Seeds initialisation, dropout and the order of the data."),
        .int("data_seed", \.dataSeed, "Seeds the order of the data in place of seed."),
        .bool("dataloader_drop_last", \.dataloaderDropLast, "Leave out a last, shorter batch."),
        .int(
            "dataloader_prefetch_factor", \.dataloaderPrefetchFactor,
            "How many batches are made ahead of their use; 0 for none."),
        .bool(
            "remove_unused_columns", \.removeUnusedColumns,
            "Leave out columns that the model does not take."),
        .strings("label_names", \.labelNames, "Inputs that are labels."),
    ]
}
