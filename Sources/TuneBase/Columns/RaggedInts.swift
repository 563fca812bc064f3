/// Rows of integers of differing lengths in two flat arrays: token ids, masks, offsets.
public struct RaggedInts: Sendable, Hashable {
    /// All integers, row after row.
    public private(set) var values: [Int]
    /// Where each row begins in `values`; one more entry than rows.
    public private(set) var offsets: [Int]

    /// Creates an empty list of rows.
    public init() { (values, offsets) = ([], [0]) }

    /// Creates rows from arrays.
    public init(_ rows: some Sequence<[Int]>) {
        self.init()
        for row in rows { append(row) }
    }

    /// Takes over flat arrays.
    ///
    /// - Parameters:
    ///   - values: All integers, row after row.
    ///   - offsets: Where each row begins in `values`, ascending from 0, and where the last ends.
    public init(values: [Int], offsets: [Int]) {
        // Both are made together by a program, never read from a file as they are.
        precondition(
            offsets.first == 0 && offsets.last == values.count,
            "The offsets do not span the \(values.count) values.")
        (self.values, self.offsets) = (values, offsets)
    }

    /// Appends one row.
    public mutating func append(_ row: some Sequence<Int>) {
        values.append(contentsOf: row)
        offsets.append(values.count)
    }

    /// Reserves space for `rows` rows of `values` integers in all.
    public mutating func reserve(rows: Int, values count: Int) {
        offsets.reserveCapacity(rows + 1)
        values.reserveCapacity(count)
    }

    /// The rows at `indices`, in that order.
    public func selecting(_ indices: some Sequence<Int>) -> RaggedInts {
        var result = RaggedInts()
        for index in indices { result.append(self[index]) }
        return result
    }

    /// The rows as arrays.
    public var rows: [[Int]] { map(Array.init) }
}

extension RaggedInts: RandomAccessCollection {
    /// The first row.
    public var startIndex: Int { 0 }
    /// One past the last row.
    public var endIndex: Int { offsets.count - 1 }
    /// One row.
    public subscript(row: Int) -> ArraySlice<Int> { values[offsets[row]..<offsets[row + 1]] }
}

extension RaggedInts: ExpressibleByArrayLiteral {
    /// Creates rows from arrays.
    public init(arrayLiteral elements: [Int]...) { self.init(elements) }
}
