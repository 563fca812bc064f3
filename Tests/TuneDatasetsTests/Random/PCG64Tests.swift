import Testing
import TuneBase
import TuneDatasets

/// Shuffling: the permutations of `numpy.random.default_rng`.
@Suite struct PCG64Tests {
    @Test func permutesLikeNumPy() throws {
        for golden in try Golden.cases("shuffles") {
            let row = try #require(golden.array)
            let seed = try #require(row[0].string.flatMap { UInt64($0) })
            let dataset = try Dataset(["i": .ints(Array(0..<(row[1].int ?? 0)))])
            #expect(try dataset.shuffle(seed: seed)["i"].ints() == row[2].ints, "seed \(seed)")
        }
    }

    @Test func splitsLikePython() throws {
        for golden in try Golden.cases("trainTests") {
            let dataset = try Dataset(["x": .ints(Array(0..<(golden["count"]?.int ?? 0)))])
            let parts = try dataset.trainTestSplit(
                testSize: size(golden["test_size"]), trainSize: size(golden["train_size"]),
                shuffle: golden["shuffle"]?.bool ?? true, seed: 7)
            #expect(try parts["train"]["x"].ints() == golden["train"]?.ints)
            #expect(try parts["test"]["x"].ints() == golden["test"]?.ints)
        }
    }

    private func size(_ value: JSONValue?) -> SplitSize? {
        switch value {
        case .int(let rows): .rows(rows)
        case .double(let fraction): .fraction(fraction)
        default: nil
        }
    }
}
