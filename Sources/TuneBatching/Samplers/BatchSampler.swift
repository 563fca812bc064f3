/// Cuts an order of rows into consecutive batches.
public struct BatchSampler: Sendable {
    /// The number of rows in a full batch.
    public let batchSize: Int
    /// Whether a last, shorter batch is left out.
    public let dropLast: Bool

    /// Creates a sampler of batches of at least one row.
    public init(batchSize: Int, dropLast: Bool = false) {
        self.batchSize = max(1, batchSize)
        self.dropLast = dropLast
    }

    /// The number of batches of `rows` rows.
    public func count(rows: Int) -> Int {
        dropLast ? rows / batchSize : (rows + batchSize - 1) / batchSize
    }

    /// The rows of batch `index` of an order.
    public func batch(_ index: Int, of order: [Int]) -> ArraySlice<Int> {
        let start = index * batchSize
        return order[start..<min(start + batchSize, order.count)]
    }

    /// All batches of an order.
    public func batches(of order: [Int]) -> [[Int]] {
        (0..<count(rows: order.count)).map { Array(batch($0, of: order)) }
    }
}
