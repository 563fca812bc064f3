import Testing
import TuneBatching
import TuneTorch

@Suite struct SamplerTests {
    @Test func seedableOrderDependsOnSeedAndEpochOnly() {
        let sampler = SeedableRandomSampler(10, seed: 42)
        let undisturbed = seeded(1) { drawnInteger() }
        seeded(1) {
            #expect(sampler.order(epoch: 0) == [2, 6, 1, 8, 4, 5, 0, 9, 3, 7])
            #expect(sampler.order(epoch: 1) == [8, 4, 9, 0, 5, 1, 6, 7, 2, 3])
            #expect(drawnInteger() == undisturbed)
        }
    }

    @Test func seedableOrdersOfALargerDatasetAreAccelerates() throws {
        let golden = try Golden.loaders()
        let sampler = SeedableRandomSampler(3668, seed: 42)
        for (epoch, expected) in try golden.intRows("seedable").enumerated() {
            let order = sampler.order(epoch: epoch)
            #expect(Array(order.prefix(8)) == expected)
            #expect(order.sorted() == Array(0..<3668))
        }
    }

    @Test func sequentialOrderCounts() {
        #expect(SequentialSampler(4).order(epoch: 3) == [0, 1, 2, 3])
    }

    @Test func randomOrderIsANewPermutationEachTime() {
        let sampler = RandomSampler(50)
        let (first, second) = seeded(42) { (sampler.order(epoch: 0), sampler.order(epoch: 0)) }
        #expect(first != second)
        #expect(first.sorted() == Array(0..<50))
    }
}
