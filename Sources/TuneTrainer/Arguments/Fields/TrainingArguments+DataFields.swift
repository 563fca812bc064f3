extension TrainingArguments {
    static let dataFields: [ArgumentField] = [
        .int("seed", \.seed, "Seeds initialisation, dropout and the order of the data."),
        .int("data_seed", \.dataSeed, "Seeds the order of the data in place of seed."),
        .bool("full_determinism", \.fullDeterminism, "Compute by deterministic kernels only."),
        .choice("train_sampling_strategy", \.trainSamplingStrategy, "The order of training rows."),
        .string(
            "length_column_name", \.lengthColumnName,
            "The column with the rows' lengths for group_by_length."),
        .bool("dataloader_drop_last", \.dataloaderDropLast, "Leave out a last, shorter batch."),
        .int(
            "dataloader_prefetch_factor", \.dataloaderPrefetchFactor,
            "How many batches are made ahead of their use; 0 for none."
        ).acceptingNull,
        .int(
            "dataloader_num_workers", \.dataloaderNumWorkers,
            "Python's number of worker processes; here one thread makes batches ahead."),
        .bool(
            "dataloader_pin_memory", \.dataloaderPinMemory,
            "Move batches to the GPU through pinned memory."),
        .bool(
            "dataloader_persistent_workers", \.dataloaderPersistentWorkers,
            "Accepted without effect: there are no worker processes."),
        .bool(
            "dataloader_in_order", \.dataloaderInOrder,
            "Accepted without effect: batches always come in order."),
        .bool(
            "remove_unused_columns", \.removeUnusedColumns,
            "Leave out columns that the model does not take."),
        .strings("label_names", \.labelNames, "Inputs that are labels."),
    ]

    static let scriptFields: [ArgumentField] = [
        .bool(
            "do_train", \.doTrain,
            "For scripts that ask whether to train; the Trainer takes no notice."),
        .bool(
            "do_eval", \.doEval,
            "For scripts that ask whether to evaluate; the Trainer takes no notice."),
        .bool(
            "do_predict", \.doPredict,
            "For scripts that ask whether to predict; the Trainer takes no notice."),
    ]
}
