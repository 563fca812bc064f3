import ArgumentParser
import FineTuneKit

/// The options of `TrainingArguments.dataFields`.
struct TrainingDataOptions: FieldOptions {
    @Option(help: help("seed")) var seed: String?
    @Option(help: detail("data_seed")) var dataSeed: String?
    @Option(help: detail("full_determinism")) var fullDeterminism: String?
    @Option(help: help("train_sampling_strategy")) var trainSamplingStrategy: String?
    @Option(help: detail("length_column_name")) var lengthColumnName: String?
    @Option(help: detail("dataloader_drop_last")) var dataloaderDropLast: String?
    @Option(help: detail("dataloader_prefetch_factor")) var dataloaderPrefetchFactor: String?
    @Option(help: detail("dataloader_num_workers")) var dataloaderNumWorkers: String?
    @Option(help: detail("dataloader_pin_memory")) var dataloaderPinMemory: String?
    @Option(help: detail("dataloader_persistent_workers")) var dataloaderPersistentWorkers: String?
    @Option(help: detail("dataloader_in_order")) var dataloaderInOrder: String?
    @Option(help: detail("remove_unused_columns")) var removeUnusedColumns: String?
    @Option(help: detail("label_names")) var labelNames: String?
}

/// The options of `TrainingArguments.scriptFields`.
struct ScriptOptions: FieldOptions {
    @Option(help: detail("do_train")) var doTrain: String?
    @Option(help: detail("do_eval")) var doEval: String?
    @Option(help: detail("do_predict")) var doPredict: String?
}
