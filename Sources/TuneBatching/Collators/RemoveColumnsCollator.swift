public import TuneBase

/// Leaves out columns before another collator sees them, for rows whose columns show only when
/// they are read.
public struct RemoveColumnsCollator: DataCollator {
    /// Makes the batches.
    public let dataCollator: any DataCollator
    /// The columns that stay.
    public let signatureColumns: Set<String>

    /// Creates the collator.
    ///
    /// - Parameters:
    ///   - dataCollator: Makes the batches.
    ///   - signatureColumns: The columns that stay.
    public init(_ dataCollator: any DataCollator, signatureColumns: some Sequence<String>) {
        (self.dataCollator, self.signatureColumns) = (dataCollator, Set(signatureColumns))
    }

    /// Whether the inner collator is.
    public var isRowwise: Bool { dataCollator.isRowwise }

    /// Makes a batch of the columns that stay.
    ///
    /// - Throws: `TuneError` when none is left, and as the inner collator does.
    public func callAsFunction(_ features: Columns) throws -> HostBatch {
        var kept = features
        for name in features.names where !signatureColumns.contains(name) { kept[name] = nil }
        guard !kept.names.isEmpty else {
            throw TuneError(
                .badData,
                "None of the columns \(features.names.joined(separator: ", ")) is an input of the model, which takes \(signatureColumns.sorted().joined(separator: ", ")).",
                remedy: "Tokenize the rows, or set removeUnusedColumns to false.")
        }
        return try dataCollator(kept)
    }
}
