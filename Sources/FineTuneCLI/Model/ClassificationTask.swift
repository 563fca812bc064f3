import FineTuneKit

/// A dataset with its text and label columns: what there is to learn.
struct ClassificationTask {
    /// The text columns.
    let texts: TextColumns
    /// The column of the labels.
    let labelColumn: String
    /// What the labels are.
    let labels: LabelSpace
    /// What is measured.
    let metrics: TaskMetrics
    /// The names of the splits.
    let splits: [String]

    private let settings: DataSettings
    private let train: Dataset
    private let validation: Dataset?
    /// Whether there is data to evaluate on.
    var hasValidation: Bool { validation != nil }

    /// Loads the data and finds its columns.
    ///
    /// - Throws: `TuneError` when data is missing or a choice is not clear.
    init(_ settings: DataSettings) throws {
        self.settings = settings
        let source = DataSource(settings: settings)
        let builder = try source.open()
        let names = builder.splitNames
        splits = names
        let held = ["validation", "validation_matched"].first(where: names.contains)
        let data = try builder.filledSplits(["train"] + [held].compactMap(\.self))
        train = data[0]
        validation = data.count > 1 ? data[1] : nil
        labelColumn = try FineTuneCLI.labelColumn(named: settings.labelColumn, in: train.features)
        texts = try TextColumns(
            settings, features: train.features, label: labelColumn)
        labels = try LabelSpace(of: train, column: labelColumn, split: "train")
        metrics = TaskMetrics(labels: labels, glueTask: source.glueTask)
    }

    /// Says what was found, a line for each choice.
    func explain() {
        Notices.write("text: \(texts.description)\(settings.textColumns == nil ? " (found)" : "")")
        let found = settings.labelColumn == nil ? " (found)" : ""
        switch labels {
        case .classes(let names):
            let list = names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", …" : "")
            Notices.write("label: \(labelColumn)\(found), \(names.count) classes: \(list)")
        case .regression: Notices.write("label: \(labelColumn)\(found), numbers, so a regression")
        }
        if labels.skipsNumbers {
            Notices.write(
                "The labels in '\(labelColumn)' leave out numbers; each that occurs is a class. Check "
                    + "the data if other classes were meant.", as: .warning)
        }
        Notices.write("metrics: \(metrics.description)")
    }

    /// The splits as the model takes them, and the number of tokens to which rows are cut.
    func tokenized(
        with loaded: LoadedModel
    ) throws -> (train: Dataset, validation: Dataset?, limit: Int) {
        let limit = try tokenLimit(
            settings.maxLength, tokenizer: loaded.tokenizer,
            configuration: loaded.model.configuration)
        let preprocess = Preprocessing(
            tokenizer: loaded.tokenizer, texts: texts, maxLength: limit)
        func encoder(_ dataset: Dataset) throws -> LabelEncoder {
            LabelEncoder(
                column: labelColumn, feature: try dataset.feature(labelColumn), space: labels)
        }
        return (
            try preprocess(train, labels: encoder(train), split: "train"),
            try validation.map {
                try preprocess($0, labels: encoder($0), split: "validation")
            }, limit
        )
    }
}

extension TextColumns {
    /// The columns that settings name, or those found in the data.
    init(_ settings: DataSettings, features: Features, label: String?) throws {
        if let names = settings.textColumns {
            try self.init(named: names, in: features)
        } else {
            try self.init(of: features, label: label, configuration: settings.datasetConfig)
        }
    }
}
