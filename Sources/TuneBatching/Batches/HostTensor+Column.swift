public import TuneBase
import TuneTokenizers

extension HostTensor {
    /// The values of a dataset column as one tensor: integers and booleans as int64, other
    /// numbers as float32, lists of equal length as a second dimension.
    ///
    /// - Parameters:
    ///   - column: The values.
    ///   - name: The name of the column, for messages.
    /// - Throws: `TuneError` for text, nulls, and lists of different lengths.
    public init(_ column: ColumnData, named name: String) throws {
        switch column {
        case .ints(let values): self.init(values)
        case .bools(let values): self.init(values.map { $0 ? 1 : 0 })
        case .doubles(let values): self.init(values.map { Float($0) })
        case .intLists(let rows): try self.init(rows, named: name)
        case .strings: throw notATensor(name, column.kind)
        case .values(let values): try self.init(values, named: name)
        }
    }

    /// Rows of integers filled up as `plan` says, written straight into their final place.
    ///
    /// - Throws: `TuneError` when the rows do not get the same length.
    init(
        padding rows: RaggedInts, _ plan: PaddingPlan, with filler: Int, named name: String
    ) throws {
        try plan.checkRows(of: rows, name)
        let missing = rows.indices.map { plan.missing(inRow: $0) }
        let width = (rows.first?.count ?? 0) + (missing.first ?? 0)
        for (row, entries) in rows.enumerated() where entries.count + missing[row] != width {
            throw unequalLengths(
                name, first: width, row: row, length: entries.count + missing[row])
        }
        let storage = [Int64](unsafeUninitializedCapacity: rows.count * width) { output, count in
            rows.values.withUnsafeBufferPointer { values in
                for row in rows.indices {
                    let entries = values[rows.offsets[row]..<rows.offsets[row + 1]]
                    let start = row * width
                    let first = plan.side == .right ? start : start + missing[row]
                    output[start..<start + width].initialize(repeating: Int64(filler))
                    for (offset, value) in entries.enumerated() {
                        output[first + offset] = Int64(value)
                    }
                }
            }
            count = rows.count * width
        }
        self.init(shape: [rows.count, width], storage: .int64(storage))
    }

    /// Lists of integers of equal length, without touching single elements twice.
    private init(_ rows: RaggedInts, named name: String) throws {
        let width = rows.first?.count ?? 0
        let lengths = rows.lazy.map(\.count)
        if let odd = lengths.firstIndex(where: { $0 != width }) {
            throw unequalLengths(name, first: width, row: odd, length: lengths[odd])
        }
        self.init(rows.values, shape: [rows.count, width])
    }

    /// Boxed values: nested lists of numbers.
    private init(_ values: [DataValue], named name: String) throws {
        var collector = NumberCollector(name: name)
        var inner: [Int]?
        for (row, value) in values.enumerated() {
            let shape = try collector.add(value)
            if let inner, inner != shape {
                throw unequalLengths(
                    name, first: inner.first ?? 0, row: row, length: shape.first ?? 0)
            }
            inner = shape
        }
        self.init(shape: [values.count] + (inner ?? []), storage: collector.storage)
    }
}

/// Flattens nested lists into one array, of integers as long as nothing else occurs.
private struct NumberCollector {
    let name: String
    private var ints: [Int64] = []
    private var floats: [Float] = []
    private var isInteger = true

    init(name: String) { self.name = name }

    var storage: HostTensor.Storage { isInteger ? .int64(ints) : .float32(floats) }

    /// Appends a value and returns its shape.
    mutating func add(_ value: DataValue) throws -> [Int] {
        switch value {
        case .int(let integer): append(integer)
        case .bool(let flag): append(flag ? 1 : 0)
        case .double(let number): append(number)
        case .list(let elements):
            let shapes = try elements.map { try add($0) }
            if let odd = shapes.firstIndex(where: { $0 != shapes[0] }) {
                throw unequalLengths(
                    name, first: shapes[0].first ?? 0, row: odd, length: shapes[odd].first ?? 0)
            }
            return [elements.count] + (shapes.first ?? [])
        case .null, .string, .structure, .binary: throw notATensor(name, value.kind)
        }
        return []
    }

    private mutating func append(_ integer: Int) {
        if isInteger { ints.append(Int64(integer)) } else { floats.append(Float(integer)) }
    }

    private mutating func append(_ number: Double) {
        if isInteger {
            isInteger = false
            floats = ints.map { Float($0) }
            ints = []
        }
        floats.append(Float(number))
    }
}

private func notATensor(_ name: String, _ kind: String) -> TuneError {
    TuneError(
        .badData, "The column '\(name)' holds \(kind), which cannot become a tensor.",
        remedy: "Drop the column: dataset.removeColumns([\"\(name)\"]).")
}

private func unequalLengths(_ name: String, first: Int, row: Int, length: Int) -> TuneError {
    TuneError(
        .badData,
        "The rows of '\(name)' differ in length (\(first) in row 0 of the batch, \(length) in row \(row)).",
        remedy: "Use DataCollatorWithPadding, or pad and truncate while tokenizing.")
}
