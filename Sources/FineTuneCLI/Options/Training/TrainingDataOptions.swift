import ArgumentParser
import FineTuneKit

/// The options of `TrainingArguments.dataFields`.
struct TrainingDataOptions: FieldOptions {
    @Option(help: help("seed")) var seed: String?
    @Option(help: help("data_seed")) var dataSeed: String?
    @Option(help: help("full_determinism")) var fullDeterminism: String?
    @Option(help: help("train_sampling_strategy")) var trainSamplingStrategy: String?
    @Option(help: help("length_column_name")) var lengthColumnName: String?
    @Option(help: help("dataloader_drop_last")) var dataloaderDropLast: String?
    @Option(help: help("dataloader_prefetch_factor")) var dataloaderPrefetchFactor: String?
    @Option(help: help("dataloader_num_workers")) var dataloaderNumWorkers: String?
    @Option(help: help("dataloader_pin_memory")) var dataloaderPinMemory: String?
    @Option(help: help("dataloader_persistent_workers")) var dataloaderPersistentWorkers: String?
    @Option(help: help("dataloader_in_order")) var dataloaderInOrder: String?
    @Option(help: help("remove_unused_columns")) var removeUnusedColumns: String?
    @Option(help: help("label_names")) var labelNames: String?
}

/// The options of `TrainingArguments.scriptFields`.
struct ScriptOptions: FieldOptions {
    @Option(help: help("do_train")) var doTrain: String?
    @Option(help: help("do_eval")) var doEval: String?
    @Option(help: help("do_predict")) var doPredict: String?
}
