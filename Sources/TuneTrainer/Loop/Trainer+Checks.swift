import Foundation
import TuneAccelerator
import TuneBase
import TuneBatching
import TuneDatasets
import TuneNN
import TuneTorch

/// Refuses evaluation during training without data for it, and names that do not fit.
func checkEvaluationData(
    _ dataset: Dataset?, _ sets: DatasetDict, _ args: TrainingArguments
) throws {
    if let dataset, dataset.count == 0 { throw emptySplit("evaluation") }
    guard dataset == nil || sets.isEmpty else {
        throw TuneError(
            .badConfig, "Trainer got both evalDataset and evalDatasets.",
            remedy: "Pass one of them.")
    }
    try checkEvaluationSets(sets)
    try checkBestModel(of: sets, args)
    guard dataset == nil, sets.isEmpty, args.evalStrategy != .no || args.evalOnStart else {
        return
    }
    throw TuneError(
        .missingInput,
        "The arguments ask for evaluation during training, but there is no evaluation dataset.",
        remedy: "Pass evalDataset to Trainer, or set evalStrategy to .no.")
}

/// Refuses evaluation sets without rows, and names that a literal gives twice.
func checkEvaluationSets(_ sets: DatasetDict) throws {
    if let name = sets.repeatedNames.first {
        throw TuneError(
            .badConfig, "Two evaluation sets have the name '\(name)'.",
            remedy: "Give each a name of its own: metrics are named after it, eval_\(name)_loss.")
    }
    for (name, set) in sets.splits where set.count == 0 {
        throw emptySplit("evaluation (\(name))")
    }
}

/// Refuses a best model that no evaluation set decides.
private func checkBestModel(of sets: DatasetDict, _ args: TrainingArguments) throws {
    guard let first = sets.names.first, args.evalStrategy != .no, let metric = args.bestModelMetric
    else { return }
    let name = prefixedMetric(metric, "eval")
    guard !sets.names.contains(where: { name.hasPrefix("eval_\($0)_") }) else { return }
    throw TuneError(
        .badConfig,
        "metric_for_best_model is '\(metric)', but with several evaluation sets metrics are named after them: \(sets.names.map { "eval_\($0)_loss" }.joined(separator: ", ")).",
        remedy: "Name the metric of one set: metricForBestModel: \"eval_\(first)_loss\".")
}

/// Refuses rows of unknown number without a number of steps.
func checkTrainingData(_ data: (any TrainingData)?, _ args: TrainingArguments) throws {
    guard data is any IterableDataset, args.maxSteps <= 0 else { return }
    throw TuneError(
        .badConfig, "Nobody knows how many rows an IterableDataset has, so max_steps is needed.",
        remedy: "Set maxSteps to the number of optimizer steps.")
}

/// Refuses two ways to get an optimizer, and an optimizer of another model than the one to come.
func checkOptimizers(isGiven: Bool, hasFactory: Bool, hasModelInit: Bool) throws {
    guard isGiven, hasFactory || hasModelInit else { return }
    throw TuneError(
        .badConfig,
        hasFactory
            ? "Trainer got both optimizers and optimizerFactory."
            : "optimizers belong to a model that exists, but modelInit makes a new one.",
        remedy: "Pass optimizerFactory alone.")
}

extension Trainer {
    /// Finds what would stop the training later: an output directory that cannot be written,
    /// missing labels, labels that the model has no class for.
    func checkBeforeTraining(_ loader: any BatchLoader) throws {
        try checkOutputDirectory()
        placeModel()
        let probe = try loader.probe()
        guard probe.names.contains("labels") || labelNames.allSatisfy(probe.names.contains) else {
            throw missingLabels(probe)
        }
        guard let classes = try classCount(probe), classes > 1 else { return }
        if let rows = trainDataset as? Dataset {
            try checkLabels(of: rows, split: "training", classes: classes)
        }
        for dataset in evalDatasets.splits.map(\.dataset) + [evalDataset].compactMap(\.self) {
            try checkLabels(of: dataset, split: "evaluation", classes: classes)
        }
    }

    private func checkOutputDirectory() throws {
        let directory = outputURL
        try createDirectory(directory)
        guard FileManager.default.isWritableFile(atPath: directory.path) else {
            throw TuneError(
                .cannotCreate, "The output directory \(directory.path) cannot be written.",
                remedy: "Choose another outputDir or change its permissions.")
        }
    }

    /// The number of scores that the model gives a row, found by a forward pass without labels.
    private func classCount(_ probe: HostBatch) throws -> Int? {
        var inputs = probe
        for name in Set(labelNames + ["labels"]) { inputs[name] = nil }
        let wasTraining = model.isTraining
        model.eval()
        defer { model.train(wasTraining) }
        return try guardingStep {
            try withoutGradients {
                try model(inputs.tensors(on: accelerator.device)).logits.shape.last
            }
        }
    }

    private func checkLabels(of dataset: Dataset, split: String, classes: Int) throws {
        let names = ["label", "label_ids", "labels"]
        guard let name = dataset.columnNames.first(where: names.contains) else { return }
        let column = try dataset.selectColumns([name]).rows(0..<dataset.count).column(name)
        guard case .ints(let labels) = column,
            let row = labels.firstIndex(where: { $0 != -100 && !(0..<classes).contains($0) })
        else { return }
        throw TuneError(
            .badData,
            "Row \(row) of the \(split) dataset has the label \(labels[row]), but the model has \(classes) classes (0 to \(classes - 1)).",
            remedy: labels[row] == -1
                ? "A label of -1 marks rows without a public label: choose another split."
                : "Load the model with numLabels: \((labels.max() ?? 0) + 1), or correct the labels."
        )
    }

    private func missingLabels(_ probe: HostBatch) -> TuneError {
        let columns = (trainDataset as? Dataset)?.columnNames ?? probe.names
        let nearest = nearestName(to: "label", in: columns)
        return TuneError(
            .badData,
            "The training data has no labels; its columns are \(columns.joined(separator: ", ")).",
            remedy: nearest.map {
                "Rename '\($0)': dataset.renameColumn(\"\($0)\", to: \"labels\")."
            }
                ?? "Add a column 'label', or choose a split that has one.")
    }
}
