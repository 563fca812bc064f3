public import TuneBase

/// Stacks the fields of the rows as they are.
///
/// `label` and `label_ids` become `labels`. Text columns and columns that begin with null are left
/// out, as in Python's `default_data_collator`; other columns must have equal lengths.
public struct DefaultDataCollator: DataCollator {
    /// Creates the collator.
    public init() {}

    /// Batches hold nothing but their rows.
    public var isRowwise: Bool { true }

    /// Builds the batch of `features`.
    public func callAsFunction(_ features: Columns) throws -> HostBatch {
        var batch = HostBatch()
        let columns = features.renamingLabels()
        let labelsFirst = columns.names.filter { $0 == "labels" } + columns.names
        for name in labelsFirst where batch[name] == nil {
            guard let column = columns[name], column.isNumeric else { continue }
            batch[name] = try HostTensor(column, named: name)
        }
        return batch
    }
}

extension ColumnData {
    /// Whether the first value is a number or a list: what becomes a tensor.
    fileprivate var isNumeric: Bool {
        switch self {
        case .strings: return false
        case .values(let values):
            switch values.first {
            case .null, .string, .structure, .binary, nil: return false
            case .bool, .int, .double, .list: return true
            }
        case .ints, .doubles, .bools, .intLists: return true
        }
    }
}
