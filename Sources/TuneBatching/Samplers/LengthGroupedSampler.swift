public import TuneTorch

/// A random order in which rows of similar length stand together, so that batches hold little
/// padding; Python's sampler of that name.
///
/// Rows are drawn in random order, cut into large groups, and each group is sorted by length, the
/// longest first. The longest row of all comes first, so that memory runs out early if at all.
public struct LengthGroupedSampler: Sampler {
    /// The length of each row.
    public let lengths: [Int]
    /// The number of rows that go through the model together.
    public let batchSize: Int
    private let generator: Generator?

    /// Visits rows of the given lengths.
    ///
    /// - Parameters:
    ///   - lengths: The length of each row.
    ///   - batchSize: Rows of a batch, times the batches of an update.
    ///   - generator: What to draw from; nil takes the default generator.
    public init(lengths: [Int], batchSize: Int, generator: Generator? = nil) {
        (self.lengths, self.batchSize) = (lengths, max(1, batchSize))
        self.generator = generator
    }

    /// The number of rows.
    public var count: Int { lengths.count }

    /// The rows in an order drawn now; the epoch does not matter.
    public func order(epoch: Int) -> [Int] {
        let drawn = Tensor.randperm(count, generator: generator).ints()
        var groups = stride(from: 0, to: count, by: groupSize).map { start in
            longestFirst(drawn[start..<min(start + groupSize, count)])
        }
        moveLongestToFront(&groups)
        return groups.flatMap(\.self)
    }

    /// Fifty batches, or a quarter of the rows where there are fewer.
    private var groupSize: Int { max(1, min(count / (batchSize * 4), 50)) * batchSize }

    /// Sorted by length; rows of equal length keep their order.
    private func longestFirst(_ rows: ArraySlice<Int>) -> [Int] {
        rows.enumerated().sorted { a, b in
            (lengths[b.element], a.offset) < (lengths[a.element], b.offset)
        }.map(\.element)
    }

    /// Exchanges the first row with that of the group that has the longest one.
    private func moveLongestToFront(_ groups: inout [[Int]]) {
        let maxima = groups.map { lengths[$0[0]] }
        guard let greatest = maxima.max(), let group = maxima.firstIndex(of: greatest) else {
            return
        }
        let first = groups[0][0]
        groups[0][0] = groups[group][0]
        groups[group][0] = first
    }
}
