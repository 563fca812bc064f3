import Foundation
import Testing
import TuneBase
import TuneBatching
import TuneTestSupport
import TuneTorch

/// Orders against those of Python's sampler, made by `Tools/goldens/policies.py`.
@Suite struct LengthGroupedSamplerTests {
    private func cases() throws -> [JSONValue] {
        let file = URL(fileURLWithPath: fixtures() + "/lengths.json")
        let json = try JSONValue(parsing: readFile(file), source: file.path)
        return try #require(json["orders"]?.array)
    }

    private func integers(_ value: JSONValue?) throws -> [Int] {
        try #require(value?.array).compactMap(\.int)
    }

    @Test func ordersAreThoseOfPython() throws {
        for expected in try cases() {
            let (lengths, batch) = (
                try integers(expected["lengths"]), try #require(expected["batch"]?.int)
            )
            let seed = UInt64(try #require(expected["seed"]?.int))
            let sampler = LengthGroupedSampler(lengths: lengths, batchSize: batch)
            let (order, next) = seeded(seed) { (sampler.order(epoch: 3), drawnInteger()) }
            #expect(order == (try integers(expected["order"])))
            #expect(next == expected["next_draw"]?.int)
            let generator = Generator()
            generator.seed(seed + 1)
            let own = LengthGroupedSampler(
                lengths: lengths, batchSize: batch, generator: generator)
            #expect(own.order(epoch: 0) == (try integers(expected["own"])))
        }
    }

    @Test func everyRowComesOnceAndTheLongestFirst() {
        let lengths = (0..<211).map { ($0 * 37) % 101 }
        let order = seeded(9) {
            LengthGroupedSampler(lengths: lengths, batchSize: 3).order(epoch: 0)
        }
        #expect(order.sorted() == Array(0..<211))
        #expect(lengths[order[0]] == lengths.max())
    }
}
