import Foundation
import TuneAccelerator
import TuneBase
import TuneBatching
import TuneDatasets
import TuneNN
import TuneTorch

/// Refuses evaluation during training without data for it.
func checkEvaluationData(_ dataset: Dataset?, _ args: TrainingArguments) throws {
    if let dataset, dataset.count == 0 { throw emptySplit("evaluation") }
    guard dataset == nil, args.evalStrategy != .no || args.evalOnStart else { return }
    throw TuneError(
        .missingInput,
        "The arguments ask for evaluation during training, but there is no evaluation dataset.",
        remedy: "Pass evalDataset to Trainer, or set evalStrategy to .no.")
}

extension Trainer {
    /// Finds what would stop the training later: an output directory that cannot be written,
    /// missing labels, labels that the model has no class for.
    func checkBeforeTraining(_ loader: DataLoader) throws {
        try checkOutputDirectory()
        placeModel()
        let probe = try loader.probe()
        guard probe.names.contains("labels") || labelNames.allSatisfy(probe.names.contains) else {
            throw missingLabels(loader.dataset)
        }
        guard let classes = try classCount(probe), classes > 1 else { return }
        for (dataset, split) in [(trainDataset, "training"), (evalDataset, "evaluation")] {
            if let dataset { try checkLabels(of: dataset, split: split, classes: classes) }
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

    private func missingLabels(_ dataset: Dataset) -> TuneError {
        let columns = dataset.columnNames
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
