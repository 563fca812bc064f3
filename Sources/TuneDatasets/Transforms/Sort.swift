import CTuneArrow
import TuneBase

extension Dataset {
    /// The rows in the order of a column's values; equal ones keep their order.
    ///
    /// - Parameters:
    ///   - column: The column to compare.
    ///   - reverse: Whether the largest value comes first.
    ///   - nullsFirst: Whether rows without a value come before the others, or after.
    /// - Returns: The same rows in another order, not copied.
    /// - Throws: `TuneError` when there is no such column, or its values have no order.
    public func sort(
        _ column: String, reverse: Bool = false, nullsFirst: Bool = false
    ) throws -> Dataset {
        try sort([column], reverse: [reverse], nullsFirst: nullsFirst)
    }

    /// The rows in the order of several columns, the first of which counts most.
    ///
    /// - Parameters:
    ///   - names: The columns to compare.
    ///   - reverse: For each column whether the largest value comes first; empty for none.
    ///   - nullsFirst: Whether rows without a value come before the others, or after.
    /// - Returns: The same rows in another order, not copied.
    /// - Throws: `TuneError` when there is no such column, or its values have no order.
    public func sort(
        _ names: [String], reverse: [Bool] = [], nullsFirst: Bool = false
    ) throws -> Dataset {
        for name in names where features[name] == nil {
            throw TuneError(
                .missingInput,
                "Column '\(name)' not found in the dataset. Please provide a column selected in: \(pythonList(columnNames)).",
                remedy: didYouMean(name, among: columnNames))
        }
        guard reverse.isEmpty || reverse.count == names.count else {
            throw TuneError(
                .badConfig,
                "Parameter 'reverse' should be either a boolean or a list of booleans with the same length as 'column_names'."
            )
        }
        let keys = try names.map(materialized)
        let order = try explainingArrow("The rows cannot be sorted by \(pythonList(names))") {
            try sortedOrder(keys, reverse)
        }
        func sortedOrder(_ keys: [ArrowColumn], _ reverse: [Bool]) throws -> [Int] {
            let handles: [OpaquePointer?] = keys.map(\.handle)
            let descending: [Int32] = keys.indices.map {
                reverse.isEmpty || !reverse[$0] ? 0 : 1
            }
            var order = [Int](repeating: 0, count: count)
            try withExtendedLifetime(keys) {
                try checkArrow(
                    ta_sort_indices(
                        handles, descending, handles.count, nullsFirst ? 1 : 0, &order))
            }
            return order
        }
        return replacing(
            selection.selecting(.indices(order)),
            identity.after("sort", pythonList(names), "\(reverse)", "\(nullsFirst)"))
    }
}
