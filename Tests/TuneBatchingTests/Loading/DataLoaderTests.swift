import Testing
import TuneBase
import TuneBatching
import TuneDatasets
import TuneTorch

@Suite struct DataLoaderTests {
    private func numbers(_ count: Int) throws -> Dataset {
        try Dataset(Columns(["x": .ints(Array(0..<count))]))
    }

    private func passes(_ loader: DataLoader, _ count: Int) -> [[[Int]]] {
        (0..<count).map { _ in loader.map { $0["x"]?.ints() ?? [] } }
    }

    /// Batches of two passes and the state of the generator equal PyTorch's.
    @Test(arguments: ["sequential", "drop_last", "shuffled"])
    func drawsAsPyTorch(name: String) throws {
        let golden = try Golden.loaders().passes(name)
        let loader = try DataLoader(
            numbers(10), batchSize: 4, shuffle: name == "shuffled",
            dropLast: name == "drop_last")
        seeded(42) {
            #expect(passes(loader, golden.batches.count) == golden.batches)
            #expect(drawnInteger() == golden.nextDraw)
        }
        #expect(loader.count == golden.batches[0].count)
    }

    @Test func aGeneratorOfItsOwnOrdersWithoutASecondDraw() throws {
        let golden = try Golden.loaders().passes("generator")
        let generator = Generator()
        generator.seed(5)
        let loader = try DataLoader(
            numbers(10), batchSize: 4, sampler: RandomSampler(10, generator: generator))
        // With a generator PyTorch draws the base seed from that generator as well.
        _ = Tensor.empty([], dtype: .int64).random_(generator: generator)
        seeded(42) { #expect(passes(loader, 1) == golden.batches) }
    }

    @Test func nothingIsDrawnBeforeTheFirstBatch() throws {
        let loader = try DataLoader(numbers(4), batchSize: 2)
        let batches = loader.makeBatchIterator()
        let untouched = seeded(3) { drawnInteger() }
        try seeded(3) {
            _ = try batches.next()
            #expect(drawnInteger() != untouched)
        }
    }

    @Test func epochsOfASeedableSamplerFollowEachOther() throws {
        let sampler = SeedableRandomSampler(10, seed: 42)
        let loader = try DataLoader(numbers(10), batchSize: 10, sampler: sampler)
        let orders = seeded(0) { passes(loader, 2).map { $0[0] } }
        #expect(orders == [sampler.order(epoch: 0), sampler.order(epoch: 1)])
        loader.setEpoch(0)
        #expect(seeded(0) { passes(loader, 1)[0][0] } == sampler.order(epoch: 0))
    }

    @Test func argumentsAreChecked() throws {
        let data = try numbers(3)
        #expect(throws: TuneError.self) { try DataLoader(data, batchSize: 0) }
        #expect(throws: TuneError.self) {
            try DataLoader(data, shuffle: true, sampler: SequentialSampler(3))
        }
        #expect(throws: TuneError.self) { try DataLoader(data, sampler: SequentialSampler(4)) }
    }

    @Test func columnsThatCannotBecomeTensorsAreFoundAtOnce() throws {
        let ragged = try Dataset(Columns(["input_ids": .intLists([[1], [1, 2]])]))
        #expect(throws: TuneError.self) { try DataLoader(ragged, batchSize: 2) }
        let text = try Dataset(Columns(["text": .strings(["a"])]))
        let error = #expect(throws: TuneError.self) { try DataLoader(text) }
        #expect(error?.message.contains("text") == true)
    }

    @Test func aLaterFailureEndsThePassAndIsKept() throws {
        let ragged = try Dataset(Columns(["x": .intLists([[1], [2], [3], [4, 5]])]))
        let loader = try DataLoader(ragged, batchSize: 2)
        let (whole, first) = try seeded(0) {
            (Array(loader), try loader.makeBatchIterator().next())
        }
        #expect(whole.count == 1)
        #expect(loader.failure is TuneError)
        #expect(first?["x"]?.ints() == [1, 2])
        try seeded(0) {
            let batches = loader.makeBatchIterator()
            _ = try batches.next()
            #expect(throws: TuneError.self) { try batches.next() }
        }
    }
}
