public import TuneBase

/// Turns rows of a dataset into one batch.
public protocol DataCollator: Sendable {
    /// Builds the batch of `features`, whose columns are the rows' fields.
    ///
    /// - Throws: `TuneError` that names the column which cannot become a tensor.
    func callAsFunction(_ features: Columns) throws -> HostBatch

    /// Whether every row of a batch depends on its row of the dataset alone, apart from padding,
    /// and nothing is drawn at random; false unless a collator says otherwise.
    ///
    /// Such batches may be made ahead of their use, on another thread, and evaluation may group
    /// rows by length.
    var isRowwise: Bool { get }
}

extension DataCollator {
    /// Nothing is known about the batches.
    public var isRowwise: Bool { false }
}

extension Columns {
    /// The columns with `label` or `label_ids` renamed to `labels`, the name that models look for.
    ///
    /// The labels move to the end, as in Python.
    func renamingLabels() -> Columns {
        var result = self
        for name in ["label", "label_ids"] {
            guard let labels = result[name] else { continue }
            result[name] = nil
            result["labels"] = labels
        }
        return result
    }
}
