public import TuneBase

/// Rows and named columns, immutable, held in Arrow's memory.
///
/// A dataset is a value that shares its storage: selecting, shuffling and slicing only remember
/// which rows are meant, removing and renaming columns only change the list of columns. What
/// Python's `datasets.Dataset` prints, this prints.
///
/// ```swift
/// let raw = try loadDataset("json", dataFiles: "reviews.jsonl", split: "train")
/// print(raw)                                  // Dataset({ features: …, num_rows: … })
/// print(try raw[0]["text"])
/// let long = try raw.filter { row in try row.string("text").count > 100 }
/// ```
public struct Dataset: Sendable {
    /// Every column of `features`, with at least the rows that `selection` names.
    let columns: [String: ArrowColumn]
    let selection: RowSelection
    /// The columns in order and what each holds.
    public let features: Features
    /// The split that the rows were loaded from, such as `train` or `train[:10%]`.
    public let split: String?
    let identity: Fingerprint

    init(
        columns: [String: ArrowColumn], selection: RowSelection, features: Features,
        split: String?, identity: Fingerprint
    ) {
        self.columns = columns
        self.selection = selection
        self.features = features
        self.split = split
        self.identity = identity
    }

    /// The number of rows.
    public var count: Int { selection.count }

    /// The number of rows; the name that Python uses.
    public var numRows: Int { count }

    /// The column names in order.
    public var columnNames: [String] { features.names }

    /// Whether there are no rows.
    public var isEmpty: Bool { count == 0 }

    /// 16 hexadecimal digits that are equal for datasets made from the same source by the same
    /// steps; closures count as the same when they stand at the same place in the source code.
    public var fingerprint: String { identity.description }

    /// This dataset with other rows.
    func replacing(_ selection: RowSelection, _ identity: Fingerprint) -> Dataset {
        Dataset(
            columns: columns, selection: selection, features: features, split: split,
            identity: identity)
    }

    /// This dataset with other features, whose columns are in `columns` or in this dataset.
    func replacing(
        features: Features, _ changed: [String: ArrowColumn] = [:], _ identity: Fingerprint
    ) -> Dataset {
        var kept: [String: ArrowColumn] = [:]
        for name in features.names { kept[name] = changed[name] ?? columns[name] }
        return Dataset(
            columns: kept, selection: features.count == 0 ? .range(0..<0) : selection,
            features: features, split: split, identity: identity)
    }

    /// The rows of one column in memory of their own, or shared where they are consecutive.
    func materialized(_ name: String) throws -> ArrowColumn {
        guard let column = columns[name] else { throw missingColumn(name, among: columnNames) }
        return try explainingArrow("The rows of the column '\(name)' cannot be collected") {
            try column.taking(selection)
        }
    }

    /// The same rows with their order in memory, so that columns can be added beside them.
    func flattened() throws -> Dataset {
        var flat: [String: ArrowColumn] = [:]
        for name in columnNames { flat[name] = try materialized(name) }
        return Dataset(
            columns: flat, selection: .range(0..<count), features: features, split: split,
            identity: identity)
    }
}

extension Dataset: CustomStringConvertible {
    /// The dataset as Python prints it: its column names and the number of rows.
    public var description: String {
        """
        Dataset({
            features: \(pythonList(columnNames)),
            num_rows: \(count)
        })
        """
    }
}

extension Dataset {
    /// Creates a dataset from columns.
    ///
    /// - Parameters:
    ///   - data: Columns of equal length.
    ///   - features: What the columns hold; inferred without.
    /// - Throws: `TuneError` when the lengths differ, when a column mixes kinds, or when the values
    ///   do not fit the features.
    public init(_ data: some ColumnsConvertible, features: Features? = nil) throws {
        let data = data.columns
        try checkLengths(data.names.map { ($0, data[$0]?.count ?? 0) })
        var built: [String: ArrowColumn] = [:]
        var inferred = Features()
        for name in data.names {
            guard let values = data[name] else { continue }
            let column = try buildColumn(named: name, values, like: features?[name])
            built[name] = column
            inferred[name] = column.feature
        }
        let identity = Fingerprint(data)
        self.init(
            columns: built, selection: .range(0..<data.rowCount), features: inferred, split: nil,
            identity: identity)
        if let features { self = try cast(features) }
    }

    /// Creates a dataset from columns written as a literal: `["text": .strings(["a", "b"])]`.
    public init(_ data: KeyValuePairs<String, ColumnData>, features: Features? = nil) throws {
        try self.init(Columns(data), features: features)
    }

    /// Creates a dataset from rows that all have the columns of the first.
    public init(rows: [Row], features: Features? = nil) throws {
        try self.init(try joinRows(rows), features: features)
    }
}

/// Throws in Arrow's words unless all columns have the length of the first.
func checkLengths(_ lengths: [(name: String, count: Int)]) throws {
    guard let expected = lengths.first?.count else { return }
    for (index, column) in lengths.enumerated() where column.count != expected {
        throw TuneError(
            .badData,
            "Column \(index) named \(column.name) expected length \(expected) but got length \(column.count).",
            remedy: "Return the same number of rows for every column.")
    }
}

/// Builds a column; the error names it.
func buildColumn(
    named name: String, _ values: ColumnData, like feature: Feature? = nil
) throws -> ArrowColumn {
    try explainingArrow("The column '\(name)' cannot be stored") {
        try ArrowColumn.building(values, like: feature)
    }
}
