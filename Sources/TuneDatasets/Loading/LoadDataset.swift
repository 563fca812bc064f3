import Foundation
import TuneBase

/// Loads every split of a dataset.
///
/// ```swift
/// let raw = try loadDataset("glue", "mrpc")                 // a directory with a dataset card
/// let own = try loadDataset("json", dataFiles: ["train": "train.jsonl", "test": "test.jsonl"])
/// ```
///
/// - Parameters:
///   - path: A directory laid out like a dataset repository of the Hugging Face Hub, or one of the
///     loaders `csv`, `json` and `parquet`.
///   - name: The configuration, where the directory has several.
///   - dataDir: A directory below `path` that holds the files.
///   - dataFiles: The files by split, instead of those that the directory's card or names tell.
///   - field: For `json`, the member of the document that holds the rows.
///   - delimiter: For `csv`, what separates the cells; a comma, or a tab in `.tsv` files.
///   - features: What the columns hold, instead of what the card, the files or the values tell.
/// - Returns: The splits, in the order of the card.
/// - Throws: `TuneError` that names the file, split or configuration.
public func loadDataset(
    _ path: String, _ name: String? = nil, dataDir: String? = nil, dataFiles: DataFiles? = nil,
    field: String? = nil, delimiter: Character? = nil, features: Features? = nil
) throws -> DatasetDict {
    try loadDatasetBuilder(
        path, name, dataDir: dataDir, dataFiles: dataFiles, field: field, delimiter: delimiter,
        features: features
    ).load()
}

/// Loads one split of a dataset, or parts of splits.
///
/// ```swift
/// let train = try loadDataset("glue", "mrpc", split: "train[:10%]")
/// ```
///
/// - Parameters:
///   - path: A directory laid out like a dataset repository of the Hugging Face Hub, or one of the
///     loaders `csv`, `json` and `parquet`.
///   - name: The configuration, where the directory has several.
///   - dataDir: A directory below `path` that holds the files.
///   - dataFiles: The files by split, instead of those that the directory's card or names tell.
///   - field: For `json`, the member of the document that holds the rows.
///   - delimiter: For `csv`, what separates the cells; a comma, or a tab in `.tsv` files.
///   - features: What the columns hold, instead of what the card, the files or the values tell.
///   - split: `train`, `train[10:20]`, `train[:10%]`, `train[-10:]`, `train+test`.
/// - Returns: The rows of the split.
/// - Throws: `TuneError` that names the file, split or configuration.
public func loadDataset(
    _ path: String, _ name: String? = nil, dataDir: String? = nil, dataFiles: DataFiles? = nil,
    field: String? = nil, delimiter: Character? = nil, features: Features? = nil, split: String
) throws -> Dataset {
    try loadDataset(
        path, name, dataDir: dataDir, dataFiles: dataFiles, field: field, delimiter: delimiter,
        features: features
    ).rows(of: split)
}
