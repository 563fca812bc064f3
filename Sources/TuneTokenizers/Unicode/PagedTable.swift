/// A value for every Unicode scalar, in pages of 256 that are shared where equal.
struct PagedTable<Value: Hashable & Sendable>: Sendable {
    private var pageOf: [UInt16]
    private var values: [Value]

    /// Creates a table that holds `initial` everywhere.
    init(repeating initial: Value) {
        pageOf = Array(repeating: 0, count: 0x110000 >> 8)
        values = Array(repeating: initial, count: 256)
    }

    /// The value of one scalar.
    @inline(__always)
    subscript(scalar: UInt32) -> Value {
        values[Int(pageOf[Int(scalar >> 8)]) << 8 | Int(scalar & 0xFF)]
    }

    /// Changes the values of all scalars in `scalars`.
    mutating func update(_ scalars: ClosedRange<UInt32>, _ change: (inout Value) -> Void) {
        for scalar in scalars {
            let page = Int(scalar >> 8)
            if pageOf[page] == 0 {
                pageOf[page] = UInt16(values.count >> 8)
                values.append(contentsOf: values[..<256])
            }
            change(&values[Int(pageOf[page]) << 8 | Int(scalar & 0xFF)])
        }
    }

    /// The same table with equal pages stored once.
    func compacted() -> PagedTable {
        var result = self
        result.values = []
        var known: [[Value]: UInt16] = [:]
        var moved: [UInt16: UInt16] = [:]
        for (number, page) in pageOf.enumerated() {
            if let new = moved[page] {
                result.pageOf[number] = new
                continue
            }
            defer { moved[page] = result.pageOf[number] }
            let content = Array(values[Int(page) << 8..<(Int(page) + 1) << 8])
            if let same = known[content] {
                result.pageOf[number] = same
            } else {
                let new = UInt16(result.values.count >> 8)
                known[content] = new
                result.pageOf[number] = new
                result.values += content
            }
        }
        return result
    }
}
