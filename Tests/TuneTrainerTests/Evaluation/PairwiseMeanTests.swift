import Testing
import TuneBase
import TuneTrainer

@Suite struct PairwiseMeanTests {
    @Test func equalsNumPyToTheLastBit() throws {
        for entry in try #require(golden("texts")["means"]?.array) {
            let values = try #require(entry["values"]).flatNumbers.map { Float($0) }
            #expect(Double(pairwiseMean(values)) == entry["mean"]?.double, "\(values.count)")
        }
    }
}
