import FineTuneKit
import Foundation

/// What `finetune evaluate` and `finetune predict` have in common: a trained model and data.
struct InferenceRun {
    /// The model.
    var model: any SequenceClassificationModel { loaded.model }

    private let loaded: LoadedModel
    private let settings: DataSettings
    private let arguments: TrainingArguments

    /// Loads the model; columns that its training used are taken over where they are not named.
    ///
    /// - Throws: `TuneError` when the model is missing or malformed.
    init(options: [any FieldOptions]) throws {
        var configuration = Configuration()
        try configuration.apply(options)
        try configuration.validate()
        let path = try requiredModel(configuration.data)
        settings = try configuration.data.completed(from: path)
        arguments = configuration.training
        loaded = try LoadedModel(
            AutoModelForSequenceClassification.fromPretrained(path),
            AutoTokenizer.fromPretrained(path))
    }

    /// The metrics of a split.
    func evaluate(split: String) throws -> MetricResult {
        let source = DataSource(settings: settings)
        let dataset = try source.open().filledSplit(split)
        let column = try labelColumn(named: settings.labelColumn, in: dataset.features)
        let labels = LabelSpace(of: model)
        let encoder = LabelEncoder(
            column: column, feature: try dataset.feature(column), space: labels)
        let texts = try TextColumns(settings, features: dataset.features, label: column)
        let metrics = TaskMetrics(labels: labels, glueTask: source.glueTask)
        Notices.write("\(dataset.count) rows, text: \(texts.description), label: \(column)")
        if encoder.comparesNumbersOnly {
            Notices.write(
                "The classes have other names than the model's (\(model.id2label.joined(separator: ", "))"
                    + "); they are compared by number.", as: .warning)
        }
        let data = try preprocessing(texts)(dataset, labels: encoder, split: split)
        return try trainer(metrics.callAsFunction).evaluate(data)
    }

    /// The scores of a split's rows.
    func predict(split: String) throws -> HostArray {
        let dataset = try DataSource(settings: settings).open().filledSplit(split)
        let label = settings.labelColumn ?? "label"
        let texts = try TextColumns(settings, features: dataset.features, label: label)
        Notices.write("\(dataset.count) rows, text: \(texts.description)")
        return try trainer(nil).predict(preprocessing(texts)(dataset, split: split)).predictions
    }

    private func preprocessing(_ texts: TextColumns) throws -> Preprocessing {
        Preprocessing(
            tokenizer: loaded.tokenizer, texts: texts,
            maxLength: try tokenLimit(
                settings.maxLength, tokenizer: loaded.tokenizer,
                configuration: model.configuration))
    }

    private func trainer(
        _ metrics: (@Sendable (EvalPrediction) throws -> MetricResult)?
    ) throws -> Trainer {
        try Trainer(
            model: model, args: arguments,
            dataCollator: DataCollatorWithPadding(loaded.tokenizer),
            processingClass: loaded.tokenizer, computeMetrics: metrics)
    }
}

extension DataSettings {
    /// The settings with text columns, label column and length of the training that made the
    /// model at `path`, where they are not given.
    fileprivate func completed(from path: String) throws -> DataSettings {
        let file = URL(fileURLWithPath: expandingTilde(path))
            .appendingPathComponent(savedSettingsFile)
        guard FileManager.default.fileExists(atPath: file.path) else { return self }
        var saved = Configuration()
        try saved.apply(readConfigurationFile(file.path))
        var result = self
        result.textColumns = textColumns ?? saved.data.textColumns
        result.labelColumn = labelColumn ?? saved.data.labelColumn
        result.maxLength = maxLength ?? saved.data.maxLength
        return result
    }
}
