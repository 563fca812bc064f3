public import TuneBase

extension Dataset {
    /// One row; negative numbers count from the end.
    ///
    /// - Throws: `TuneError` when there is no such row.
    public subscript(row: Int) -> Row {
        get throws {
            let position = try resolvedIndex(row, count: count)
            return try rowValues(in: position..<position + 1)[0]
        }
    }

    /// One column, read when its values are asked for.
    ///
    /// - Throws: `TuneError` when there is no such column.
    public subscript(column: String) -> Column {
        get throws {
            guard let storage = columns[column], let feature = features[column] else {
                throw missingColumn(column, among: columnNames)
            }
            return Column(name: column, feature: feature, storage: storage, selection: selection)
        }
    }

    /// Consecutive rows; bounds beyond the end are cut off and negative ones count from the end.
    public subscript(range: some PythonSlice) -> Columns {
        get throws { try read(.range(range.resolved(count: count))) }
    }

    /// The rows at `indices`, in that order.
    public subscript(indices: [Int]) -> Columns {
        get throws { try rows(indices) }
    }

    /// The rows at `indices`, in that order; negative numbers count from the end.
    ///
    /// - Throws: `TuneError` when there is no such row.
    public func rows(_ indices: some Sequence<Int>) throws -> Columns {
        let count = count
        return try read(.indices(indices.map { try resolvedIndex($0, count: count) }))
    }

    /// All rows.
    public func allRows() throws -> Columns { try read(.range(0..<count)) }

    /// Calls `body` with each row in turn.
    public func forEach(_ body: (Row) throws -> Void) throws {
        for batch in batchRanges(of: 1000) {
            for row in try rowValues(in: batch) { try body(row) }
        }
    }

    func read(_ positions: RowSelection) throws -> Columns {
        let rows = selection.selecting(positions)
        var result = Columns()
        for field in features.fields {
            guard let column = columns[field.name] else { continue }
            result[field.name] = try explainingArrow(
                "The column '\(field.name)' cannot be read"
            ) {
                try column.read(rows, as: field.feature)
            }
        }
        return result
    }

    /// The rows of `range` one by one, read together.
    func rowValues(in range: Range<Int>) throws -> [Row] {
        let batch = try read(.range(range))
        let names = columnNames
        let data = names.map { batch[$0] ?? .values([]) }
        return (0..<range.count).map { row in
            Row(names: names, values: data.map { $0[row] }, features: features)
        }
    }

    /// The whole dataset in consecutive ranges of `size` rows.
    func batchRanges(of size: Int) -> [Range<Int>] {
        stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
    }
}
