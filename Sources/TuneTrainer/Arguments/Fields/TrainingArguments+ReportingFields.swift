extension TrainingArguments {
    static let loggingFields: [ArgumentField] = [
        .choice("logging_strategy", \.loggingStrategy, "When the training loss is logged."),
        .number(
            "logging_steps", \.loggingSteps,
            "Steps between two logs; below 1, that share of all steps."),
        .bool("logging_first_step", \.loggingFirstStep, "Log the first step too."),
        .bool(
            "logging_nan_inf_filter", \.loggingNanInfFilter,
            "Leave non-finite losses out of an evaluation's mean."),
        .bool(
            "log_on_each_node", \.logOnEachNode,
            "Log on every machine; no effect in one process, as in Python."),
        .choice("log_level", \.logLevel, "Least severity of messages that show."),
        .choice(
            "log_level_replica", \.logLevelReplica,
            "As log_level, in other processes than the first; no effect in one process, as in Python."
        ),
        .tokens(
            "include_num_input_tokens_seen", \.includeNumInputTokensSeen,
            "Count the tokens trained on."),
        .bool(
            "skip_memory_metrics", \.skipMemoryMetrics,
            "Leave memory figures out of the metrics."),
        .bool(
            "disable_tqdm", \.disableTqdm,
            "Show no progress bars; by default they show on a terminal."),
        .choice("progress", \.progress, "How progress is shown."),
        .strings("report_to", \.reportTo, "Further reporters: none or tensorboard."),
        .string("run_name", \.runName, "A name for the run."),
    ]

    static let evaluationFields: [ArgumentField] = [
        .choice("eval_strategy", \.evalStrategy, "When the model is evaluated during training."),
        .number(
            "eval_steps", \.evalSteps,
            "Steps between two evaluations; below 1, that share of all steps."),
        .number("eval_delay", \.evalDelay, "Steps or epochs before the first evaluation.")
            .acceptingNull,
        .bool("eval_on_start", \.evalOnStart, "Evaluate before the first step."),
        .bool("prediction_loss_only", \.predictionLossOnly, "Keep only the loss of an evaluation."),
        .bool(
            "eval_do_concat_batches", \.evalDoConcatBatches,
            "Join the predictions of all batches."),
        .int(
            "eval_accumulation_steps", \.evalAccumulationSteps,
            "Batches whose predictions stay on the GPU before they move to memory."),
        .choices(
            "include_for_metrics", \.includeForMetrics,
            "What metrics get besides predictions and labels."),
        .bool("batch_eval_metrics", \.batchEvalMetrics, "Compute metrics batch by batch."),
    ]

    static let checkpointFields: [ArgumentField] = [
        .choice("save_strategy", \.saveStrategy, "When checkpoints are written."),
        .number(
            "save_steps", \.saveSteps,
            "Steps between two checkpoints; below 1, that share of all steps."),
        .int("save_total_limit", \.saveTotalLimit, "How many checkpoints are kept."),
        .bool("save_only_model", \.saveOnlyModel, "Save the model without the training's state."),
        .bool(
            "save_on_each_node", \.saveOnEachNode,
            "Save on every machine; no effect in one process, as in Python."),
        .bool(
            "enable_jit_checkpoint", \.enableJITCheckpoint,
            "Save and stop on SIGTERM; handle_signals does so in any case."),
        .bool(
            "handle_signals", \.handleSignals,
            "Finish the step, save and stop on SIGINT, SIGTERM and SIGUSR1."),
        .number(
            "interrupt_deadline", \.interruptDeadline,
            "Seconds that this may take before the process ends at once; 0 for no limit."),
        .bool(
            "load_best_model_at_end", \.loadBestModelAtEnd,
            "End with the best checkpoint's weights."),
        .string(
            "metric_for_best_model", \.metricForBestModel,
            "The metric that tells the best model."),
        .bool("greater_is_better", \.greaterIsBetter, "Whether a larger metric is better."),
        .resume(
            "resume_from_checkpoint", \.resumeFromCheckpoint,
            "A checkpoint directory to go on from, or true for the newest in output_dir."),
        .bool("ignore_data_skip", \.ignoreDataSkip, "Resume an epoch at its first batch."),
        .bool(
            "restore_callback_states_from_checkpoint", \.restoreCallbackStatesFromCheckpoint,
            "Restore the states of callbacks on resuming."),
    ]
}
