public import Logging
import TuneBase
public import TuneDatasets

/// The dataset without the columns that the model does not look at.
///
/// Kept are the model's inputs, `label`, `label_ids` and the given label names. Which columns are
/// left out is told once, by a notice in the log.
///
/// - Parameters:
///   - dataset: The dataset.
///   - forwardArguments: The names of the model's inputs.
///   - labelNames: Further columns that hold labels.
///   - split: What the dataset is for, for the notice: `training`, `evaluation`.
///   - logger: Where the notice goes.
/// - Returns: The same rows with fewer columns.
/// - Throws: `TuneError` when no column would be left.
public func removingUnusedColumns(
    _ dataset: Dataset, forwardArguments: [String], labelNames: [String] = [],
    split: String = "training", logger: Logger = Logger(label: "finetune.batching")
) throws -> Dataset {
    let kept = Set(forwardArguments + ["label", "label_ids"] + labelNames)
    let ignored = dataset.columnNames.filter { !kept.contains($0) }
    guard !ignored.isEmpty else { return dataset }
    let list = ignored.joined(separator: ", ")
    guard ignored.count < dataset.columnNames.count else {
        throw TuneError(
            .badData,
            "None of the columns of the \(split) dataset (\(list)) is an input of the model, which takes \(forwardArguments.joined(separator: ", ")).",
            remedy:
                "Tokenize the dataset with map, or set removeUnusedColumns to false and use a collator of your own."
        )
    }
    logger.notice("The \(split) dataset's columns \(list) are not used by the model.")
    return try dataset.removeColumns(ignored)
}
