import ArgumentParser
import FineTuneKit

/// The options of `TrainingArguments.loggingFields`.
struct LoggingOptions: FieldOptions {
    @Option(help: help("logging_strategy")) var loggingStrategy: String?
    @Option(help: help("logging_steps")) var loggingSteps: String?
    @Option(help: detail("logging_first_step")) var loggingFirstStep: String?
    @Option(help: detail("logging_nan_inf_filter")) var loggingNanInfFilter: String?
    @Option(help: detail("log_on_each_node")) var logOnEachNode: String?
    @Option(help: detail("log_level")) var logLevel: String?
    @Option(help: detail("log_level_replica")) var logLevelReplica: String?
    @Option(help: detail("include_num_input_tokens_seen")) var includeNumInputTokensSeen: String?
    @Option(help: detail("skip_memory_metrics")) var skipMemoryMetrics: String?
    @Option(help: detail("disable_tqdm")) var disableTqdm: String?
    @Option(help: help("progress")) var progress: String?
    @Option(help: help("report_to")) var reportTo: String?
    @Option(help: detail("run_name")) var runName: String?
}

/// The options of `TrainingArguments.evaluationFields`.
struct EvaluationOptions: FieldOptions {
    @Option(help: help("eval_strategy")) var evalStrategy: String?
    @Option(help: help("eval_steps")) var evalSteps: String?
    @Option(help: detail("eval_delay")) var evalDelay: String?
    @Option(help: help("eval_on_start")) var evalOnStart: String?
    @Option(help: detail("prediction_loss_only")) var predictionLossOnly: String?
    @Option(help: detail("eval_do_concat_batches")) var evalDoConcatBatches: String?
    @Option(help: detail("eval_accumulation_steps")) var evalAccumulationSteps: String?
    @Option(help: detail("include_for_metrics")) var includeForMetrics: String?
    @Option(help: detail("batch_eval_metrics")) var batchEvalMetrics: String?
}

/// The options of `TrainingArguments.checkpointFields`.
struct CheckpointOptions: FieldOptions {
    @Option(help: help("save_strategy")) var saveStrategy: String?
    @Option(help: help("save_steps")) var saveSteps: String?
    @Option(help: help("save_total_limit")) var saveTotalLimit: String?
    @Option(help: detail("save_only_model")) var saveOnlyModel: String?
    @Option(help: detail("save_on_each_node")) var saveOnEachNode: String?
    @Option(help: detail("enable_jit_checkpoint")) var enableJitCheckpoint: String?
    @Option(help: detail("handle_signals")) var handleSignals: String?
    @Option(help: detail("interrupt_deadline")) var interruptDeadline: String?
    @Option(help: help("load_best_model_at_end")) var loadBestModelAtEnd: String?
    @Option(help: help("metric_for_best_model")) var metricForBestModel: String?
    @Option(help: detail("greater_is_better")) var greaterIsBetter: String?
    @Option(help: help("resume_from_checkpoint")) var resumeFromCheckpoint: String?
    @Option(help: detail("ignore_data_skip")) var ignoreDataSkip: String?
    @Option(help: detail("restore_callback_states_from_checkpoint"))
    var restoreCallbackStatesFromCheckpoint: String?
}

/// The options of `TrainingArguments.hubFields`.
struct HubOptions: FieldOptions {
    @Option(help: help("push_to_hub")) var pushToHub: String?
    @Option(help: help("hub_model_id")) var hubModelId: String?
    @Option(help: detail("hub_token")) var hubToken: String?
    @Option(help: detail("hub_strategy")) var hubStrategy: String?
    @Option(help: detail("hub_private_repo")) var hubPrivateRepo: String?
    @Option(help: detail("hub_always_push")) var hubAlwaysPush: String?
    @Option(help: detail("hub_revision")) var hubRevision: String?
}
