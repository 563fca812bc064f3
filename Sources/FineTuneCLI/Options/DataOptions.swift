import ArgumentParser
import FineTuneKit

/// The options that say which model and which data.
struct DataOptions: FieldOptions {
    @Option(help: dataHelp("model")) var model: String?
    @Option(help: dataHelp("dataset")) var dataset: String?
    @Option(help: dataHelp("dataset_config")) var datasetConfig: String?
    @Option(help: dataHelp("train_file")) var trainFile: String?
    @Option(help: dataHelp("validation_file")) var validationFile: String?
    @Option(help: dataHelp("test_file")) var testFile: String?
    @Option(help: dataHelp("text_columns")) var textColumns: String?
    @Option(help: dataHelp("label_column")) var labelColumn: String?
    @Option(help: dataHelp("max_length")) var maxLength: String?
}

/// The options that only matter when a model is trained.
struct HeadOptions: FieldOptions {
    @Option(help: dataHelp("ignore_mismatched_sizes")) var ignoreMismatchedSizes: String?
}

/// The training arguments that matter when a trained model is used.
struct InferenceOptions: FieldOptions {
    @Option(help: help("per_device_eval_batch_size")) var perDeviceEvalBatchSize: String?
    @Option(help: help("bf16")) var bf16: String?
    @Option(help: help("use_cpu")) var useCpu: String?
    @Option(help: help("mode")) var mode: String?
    @Option(help: help("disable_tqdm")) var disableTqdm: String?
}
