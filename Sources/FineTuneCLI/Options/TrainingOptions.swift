import ArgumentParser
import FineTuneKit

/// One option for each field of `TrainingArguments`; names, kinds, defaults and help texts are
/// those of `TrainingArguments.fields`.
struct TrainingOptions: FieldOptions {
    @Option(help: help("output_dir")) var outputDir: String?
    @Option(help: help("num_train_epochs")) var numTrainEpochs: String?
    @Option(help: help("max_steps")) var maxSteps: String?
    @Option(help: help("per_device_train_batch_size")) var perDeviceTrainBatchSize: String?
    @Option(help: help("per_device_eval_batch_size")) var perDeviceEvalBatchSize: String?
    @Option(help: help("gradient_accumulation_steps")) var gradientAccumulationSteps: String?
    @Option(help: help("gradient_accumulation_scaling")) var gradientAccumulationScaling: String?
    @Option(help: help("learning_rate")) var learningRate: String?
    @Option(help: help("lr_scheduler_type")) var lrSchedulerType: String?
    @Option(help: help("warmup_steps")) var warmupSteps: String?
    @Option(help: help("optim")) var optim: String?
    @Option(help: help("weight_decay")) var weightDecay: String?
    @Option(help: help("adam_beta1")) var adamBeta1: String?
    @Option(help: help("adam_beta2")) var adamBeta2: String?
    @Option(help: help("adam_epsilon")) var adamEpsilon: String?
    @Option(help: help("max_grad_norm")) var maxGradNorm: String?
    @Option(help: help("bf16")) var bf16: String?
    @Option(help: help("fp16")) var fp16: String?
    @Option(help: help("use_cpu")) var useCpu: String?
    @Option(help: help("mode")) var mode: String?
    @Option(help: help("logging_strategy")) var loggingStrategy: String?
    @Option(help: help("logging_steps")) var loggingSteps: String?
    @Option(help: help("logging_first_step")) var loggingFirstStep: String?
    @Option(help: help("logging_nan_inf_filter")) var loggingNanInfFilter: String?
    @Option(help: help("disable_tqdm")) var disableTqdm: String?
    @Option(help: help("report_to")) var reportTo: String?
    @Option(help: help("run_name")) var runName: String?
    @Option(help: help("eval_strategy")) var evalStrategy: String?
    @Option(help: help("eval_steps")) var evalSteps: String?
    @Option(help: help("eval_delay")) var evalDelay: String?
    @Option(help: help("eval_on_start")) var evalOnStart: String?
    @Option(help: help("prediction_loss_only")) var predictionLossOnly: String?
    @Option(help: help("save_strategy")) var saveStrategy: String?
    @Option(help: help("save_steps")) var saveSteps: String?
    @Option(help: help("save_total_limit")) var saveTotalLimit: String?
    @Option(help: help("save_only_model")) var saveOnlyModel: String?
    @Option(help: help("load_best_model_at_end")) var loadBestModelAtEnd: String?
    @Option(help: help("metric_for_best_model")) var metricForBestModel: String?
    @Option(help: help("greater_is_better")) var greaterIsBetter: String?
    @Option(help: help("seed")) var seed: String?
    @Option(help: help("data_seed")) var dataSeed: String?
    @Option(help: help("dataloader_drop_last")) var dataloaderDropLast: String?
    @Option(help: help("dataloader_prefetch_factor")) var dataloaderPrefetchFactor: String?
    @Option(help: help("remove_unused_columns")) var removeUnusedColumns: String?
    @Option(help: help("label_names")) var labelNames: String?
}
