/// Named columns of equal length, in order: what datasets, tokenizers and collators exchange.
public struct Columns: Sendable, Hashable {
    /// The columns in order.
    public private(set) var names: [String]
    private var data: [String: ColumnData]

    /// Creates columns in the given order.
    public init(_ columns: KeyValuePairs<String, ColumnData> = [:]) {
        names = []
        data = [:]
        for (name, column) in columns { self[name] = column }
    }

    /// The rows of the first column, or 0 without columns.
    public var rowCount: Int { names.first.flatMap { data[$0]?.count } ?? 0 }

    /// A column; setting replaces it in place or appends it, setting nil removes it.
    public subscript(name: String) -> ColumnData? {
        get { data[name] }
        set {
            if newValue == nil {
                names.removeAll { $0 == name }
            } else if data[name] == nil {
                names.append(name)
            }
            data[name] = newValue
        }
    }

    /// The column `name`.
    ///
    /// - Throws: `TuneError` that suggests the nearest of the existing names.
    public func column(_ name: String) throws -> ColumnData {
        guard let column = data[name] else {
            throw TuneError(
                .badData, "There is no column '\(name)'.",
                remedy: suggestion(for: name, among: names))
        }
        return column
    }

    /// The text column `name`.
    public func strings(_ name: String) throws -> [String] {
        let column = try column(name)
        guard case .strings(let values) = column else {
            if column.count == 0 { return [] }
            throw TuneError(
                .badData, "The column '\(name)' holds \(column.kind) where text is needed.",
                remedy: "Name a text column.")
        }
        return values
    }

    /// The column `name` of integer lists, such as `input_ids`.
    public func intLists(_ name: String) throws -> RaggedInts {
        let column = try column(name)
        guard case .intLists(let values) = column else {
            if column.count == 0 { return RaggedInts() }
            throw TuneError(
                .badData,
                "The column '\(name)' holds \(column.kind) where lists of integers are needed.")
        }
        return values
    }

    /// The integer column `name`.
    public func ints(_ name: String) throws -> [Int] {
        let column = try column(name)
        guard case .ints(let values) = column else {
            if column.count == 0 { return [] }
            throw TuneError(
                .badData, "The column '\(name)' holds \(column.kind) where integers are needed.")
        }
        return values
    }

    /// These columns without those named.
    ///
    /// - Throws: `TuneError` when a name does not exist.
    public func removing(_ unwanted: [String]) throws -> Columns {
        var result = self
        for name in unwanted {
            _ = try column(name)
            result[name] = nil
        }
        return result
    }

    /// The rows at `indices`, in that order.
    public func selecting(_ indices: some Sequence<Int>) -> Columns {
        var result = Columns()
        let rows = Array(indices)
        for name in names { result[name] = data[name]?.selecting(rows) }
        return result
    }
}

/// Something that is a set of columns: a batch encoding, a plain ``Columns``.
public protocol ColumnsConvertible {
    /// The columns in order.
    var columns: Columns { get }
}

extension Columns: ColumnsConvertible {
    /// These columns.
    public var columns: Columns { self }
}
