import Testing
import TuneBatching

@Suite struct BatchSamplerTests {
    @Test(arguments: [(10, 4, false, 3), (10, 4, true, 2), (8, 4, false, 2), (0, 4, false, 0)])
    func countsBatches(rows: Int, size: Int, dropLast: Bool, expected: Int) {
        let sampler = BatchSampler(batchSize: size, dropLast: dropLast)
        #expect(sampler.count(rows: rows) == expected)
        #expect(sampler.batches(of: Array(0..<rows)).count == expected)
    }

    @Test func batchesAreConsecutiveSlices() {
        let order = [5, 3, 1, 4, 2]
        #expect(BatchSampler(batchSize: 2).batches(of: order) == [[5, 3], [1, 4], [2]])
        #expect(
            BatchSampler(batchSize: 2, dropLast: true).batches(of: order) == [[5, 3], [1, 4]])
    }
}
