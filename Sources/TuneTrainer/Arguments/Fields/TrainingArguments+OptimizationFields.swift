extension TrainingArguments {
    static let durationFields: [ArgumentField] = [
        .string("output_dir", \.outputDir, "Where checkpoints and results are written.")
            .acceptingNull,
        .number("num_train_epochs", \.numTrainEpochs, "Passes over the training data."),
        .int("max_steps", \.maxSteps, "If positive, the number of optimizer steps."),
        .int("per_device_train_batch_size", \.perDeviceTrainBatchSize, "Rows in a training batch."),
        .int(
            "per_device_eval_batch_size", \.perDeviceEvalBatchSize,
            "Rows in an evaluation batch."),
        .int(
            "gradient_accumulation_steps", \.gradientAccumulationSteps,
            "Batches that make one optimizer step."),
        .choice(
            "gradient_accumulation_scaling", \.gradientAccumulationScaling,
            "Whether an update follows the mean over its batches (mean) or their sum (python)."),
        .bool(
            "average_tokens_across_devices", \.averageTokensAcrossDevices,
            "Count the examples of an update over all processes; no effect in one process, as in Python."
        ),
        .bool(
            "auto_find_batch_size", \.autoFindBatchSize,
            "Look for a batch that fits when memory runs out."),
    ]

    static let rateFields: [ArgumentField] = [
        .number("learning_rate", \.learningRate, "The base learning rate."),
        .choice("lr_scheduler_type", \.lrSchedulerType, "How the learning rate changes."),
        .object(
            "lr_scheduler_kwargs", \.lrSchedulerKwargs,
            "Settings of the schedule, by Python's names."),
        .number(
            "warmup_steps", \.warmupSteps,
            "Steps over which the rate rises from 0; below 1, that share of all steps."),
    ]

    static let optimizerFields: [ArgumentField] = [
        .choice("optim", \.optim, "The optimizer."),
        .string(
            "optim_args", \.optimArgs,
            "Settings of the optimizer: momentum=0.9,nesterov=true."),
        .number("weight_decay", \.weightDecay, "Decoupled weight decay."),
        .number("adam_beta1", \.adamBeta1, "Adam's decay of the mean gradient."),
        .number("adam_beta2", \.adamBeta2, "Adam's decay of the mean squared gradient."),
        .number("adam_epsilon", \.adamEpsilon, "Added to the root of Adam's second moment."),
        .number("max_grad_norm", \.maxGradNorm, "Upper bound of the gradient norm; 0 for none."),
        .number(
            "label_smoothing_factor", \.labelSmoothingFactor,
            "Share of the loss that all classes weigh alike."),
        .number(
            "neftune_noise_alpha", \.neftuneNoiseAlpha,
            "Strength of the noise added to embeddings in training."),
        .choice(
            "non_finite_policy", \.nonFinitePolicy,
            "What to do about a loss or gradient that is not a number."),
        .int(
            "non_finite_limit", \.nonFiniteLimit,
            "How often skip or rollback may happen before the training stops."),
    ]
}
