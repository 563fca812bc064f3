public import TuneBase

/// One column of a dataset, read when it is asked for.
///
/// Iterating reads a thousand rows at a time. `strings()`, `ints()` and `data()` read all of it.
public struct Column: Sendable {
    let name: String
    let feature: Feature
    let storage: ArrowColumn
    let selection: RowSelection

    /// The number of rows.
    public var count: Int { selection.count }

    /// The value in one row; negative positions count from the end.
    public subscript(row: Int) -> DataValue {
        get throws {
            let position = try resolvedIndex(row, count: count)
            return try read(.range(position..<position + 1))[0]
        }
    }

    /// The values of consecutive rows; bounds beyond the end are cut off, as in Python.
    public subscript(range: some PythonSlice) -> ColumnData {
        get throws { try read(.range(range.resolved(count: count))) }
    }

    /// All values.
    public func data() throws -> ColumnData { try read(.range(0..<count)) }

    /// All values of a text column.
    public func strings() throws -> [String] { try wrapped().strings(name) }

    /// All values of an integer column.
    public func ints() throws -> [Int] { try wrapped().ints(name) }

    /// All values of a column of numbers.
    ///
    /// - Throws: `TuneError` when a value is null or no number.
    public func doubles() throws -> [Double] {
        let data = try data()
        if case .doubles(let values) = data { return values }
        if case .ints(let values) = data { return values.map(Double.init) }
        guard let values = data.boxed.mapAll(\.double) else {
            throw TuneError(
                .badData, "The column '\(name)' holds \(data.kind) where numbers are needed.")
        }
        return values
    }

    /// The number of elements in each list of a list column, without reading the elements; nil for
    /// another kind of column.
    public func lengths() throws -> [Int]? {
        guard storage.kind == .list else { return nil }
        return try explainingArrow("The column '\(name)' cannot be read") {
            try storage.listLengths(selection)
        }
    }

    private func wrapped() throws -> Columns {
        var columns = Columns()
        columns[name] = try data()
        return columns
    }

    func read(_ positions: RowSelection) throws -> ColumnData {
        try explainingArrow("The column '\(name)' cannot be read") {
            try storage.read(selection.selecting(positions), as: feature)
        }
    }
}

extension Column: Sequence {
    /// Reads the column in pieces.
    public struct Iterator: IteratorProtocol {
        let column: Column
        var position = 0
        var piece: ColumnData = .values([])
        var pieceStart = 0

        /// The next value.
        public mutating func next() -> DataValue? {
            guard position < column.count else { return nil }
            if position >= pieceStart + piece.count {
                let range = position..<Swift.min(position + 1000, column.count)
                // Only damaged JSON in a `Json` column can fail here; it counts as missing.
                let nulls = ColumnData.values(Array(repeating: .null, count: range.count))
                piece = (try? column.read(.range(range))) ?? nulls
                pieceStart = range.lowerBound
            }
            defer { position += 1 }
            return piece[position - pieceStart]
        }
    }

    /// An iterator over the values.
    public func makeIterator() -> Iterator { Iterator(column: self) }

    /// The number of rows.
    public var underestimatedCount: Int { count }
}

extension Column: CustomStringConvertible {
    /// The column as Python prints it: `Column([1, 0, 1, 0, 1, ...])`.
    public var description: String {
        var shown = prefix(5).map { feature.describe($0) }
        if count > 5 { shown.append("...") }
        return "Column([\(shown.joined(separator: ", "))])"
    }
}
