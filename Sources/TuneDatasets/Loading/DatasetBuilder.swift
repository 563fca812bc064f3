import TuneBase

/// A dataset that was found but not read yet: the names of its splits are known, its rows are not.
public struct DatasetBuilder: Sendable {
    private let source: DatasetSource

    init(_ source: DatasetSource) { self.source = source }

    /// The splits in order.
    public var splitNames: [String] { source.splits.map(\.split) }

    /// Reads every split.
    ///
    /// - Throws: `TuneError` that names the file or split.
    public func load() throws -> DatasetDict { try source.load() }

    /// Reads some splits only; names that the dataset does not have are passed over.
    ///
    /// - Throws: `TuneError` that names the file or split.
    public func load(_ splits: [String]) throws -> DatasetDict { try source.load(splits) }
}

/// Finds the files of a dataset without reading them; Python's `load_dataset_builder`.
///
/// ```swift
/// let builder = try loadDatasetBuilder("glue", "mrpc")
/// builder.splitNames                                        // ["train", "validation", "test"]
/// let validation = try builder.load(["validation"])
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
/// - Returns: The dataset, of which only the names of the files are known.
/// - Throws: `TuneError` that names the file or configuration.
public func loadDatasetBuilder(
    _ path: String, _ name: String? = nil, dataDir: String? = nil, dataFiles: DataFiles? = nil,
    field: String? = nil, delimiter: Character? = nil, features: Features? = nil
) throws -> DatasetBuilder {
    var source = try DatasetSource(path, name, dataDir: dataDir, dataFiles: dataFiles)
    if let field { source.options["field"] = .string(field) }
    if let delimiter { source.options["sep"] = .string(String(delimiter)) }
    if let features { source.features = features }
    return DatasetBuilder(source)
}
