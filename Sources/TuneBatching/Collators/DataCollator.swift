public import TuneBase

/// Turns rows of a dataset into one batch.
public protocol DataCollator: Sendable {
    /// Builds the batch of `features`, whose columns are the rows' fields.
    ///
    /// - Throws: `TuneError` that names the column which cannot become a tensor.
    func callAsFunction(_ features: Columns) throws -> HostBatch
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
