import Testing
import TuneBase
import TuneBatching
import TuneDatasets
import TuneTestSupport
import TuneTorch

@Suite struct StreamLoaderTests {
    private func stream(_ count: Int) -> RowStream {
        RowStream { epoch in
            (0..<count).lazy.map {
                ["input_ids": .list([.int($0), .int(epoch)]), "label": .int(1)]
            }
        }
    }

    private func firstIDs(_ batches: BatchIterator) throws -> [[Int]] {
        var result: [[Int]] = []
        while let batch = try batches.next() {
            result.append(
                batch["input_ids"]?.ints().enumerated().filter { $0.offset % 2 == 0 }
                    .map(\.element) ?? [])
        }
        return result
    }

    @Test(arguments: [0, 1, 3])
    func batchesComeInOrderAndPassesAnew(prefetch: Int) throws {
        try withSharedRandomness {
            let loader = try StreamLoader(stream(10), batchSize: 4, prefetchFactor: prefetch)
            let rows = [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9]]
            #expect(try firstIDs(loader.makeBatchIterator()) == rows)
            #expect(loader.epoch == 1)
            #expect(try firstIDs(loader.makeBatchIterator()) == rows)
            #expect(loader.batchCount == nil)
        }
    }

    @Test func rowsKnowThePass() throws {
        try withSharedRandomness {
            let loader = try StreamLoader(stream(2), batchSize: 2)
            loader.setEpoch(5)
            let batch = try loader.makeBatchIterator().next()
            #expect(batch?["input_ids"]?.ints() == [0, 5, 1, 5])
            #expect(batch?["labels"]?.ints() == [1, 1])
        }
    }

    @Test func aPassCanBeginLater() throws {
        try withSharedRandomness {
            let loader = try StreamLoader(stream(10), batchSize: 4, dropLast: true)
            #expect(try firstIDs(loader.makeBatchIterator(startingAt: 1)) == [[4, 5, 6, 7]])
            let batches = loader.makeBatchIterator(startingAt: 1)
            #expect(try batches.nextRows()?.rows == [4, 5, 6, 7])
        }
    }

    @Test func aPassDrawsOneIntegerAtItsFirstBatch() throws {
        try withSharedRandomness {
            manualSeed(42)
            let batches = try StreamLoader(stream(4), batchSize: 2).makeBatchIterator()
            _ = try batches.next()
            let next = drawnInteger()
            manualSeed(42)
            _ = drawnInteger()
            #expect(next == drawnInteger())
        }
    }

    @Test func errorsOfRowsEndThePass() throws {
        struct Broken: IterableDataset {
            struct Rows: RowIterator {
                var count = 0
                mutating func next() throws -> Row? {
                    count += 1
                    if count > 2 { throw TuneError(.badData, "Row \(count) is broken.") }
                    return ["input_ids": .list([.int(count)])]
                }
            }
            func makeRowIterator(epoch: Int) -> any RowIterator { Rows() }
        }
        try withSharedRandomness {
            for prefetch in [0, 2] {
                let loader = try StreamLoader(Broken(), batchSize: 2, prefetchFactor: prefetch)
                let batches = loader.makeBatchIterator()
                #expect(try batches.next() != nil)
                #expect(throws: TuneError.self) { try batches.next() }
            }
        }
    }

    @Test func settingsAreChecked() {
        #expect(throws: TuneError.self) { try StreamLoader(stream(1), batchSize: 0) }
        #expect(throws: TuneError.self) { try StreamLoader(stream(1), prefetchFactor: -1) }
        #expect(throws: TuneError.self) { try StreamLoader(stream(0)).probe() }
    }

    @Test func columnsThatTheModelDoesNotTakeAreLeftOut() throws {
        let collator = RemoveColumnsCollator(
            DefaultDataCollator(), signatureColumns: ["input_ids", "label"])
        let features = Columns([
            "text": .strings(["a"]), "input_ids": .intLists(RaggedInts([[1, 2]])),
            "score": .ints([7]), "label": .ints([1]),
        ])
        #expect(try collator(features).names.sorted() == ["input_ids", "labels"])
        #expect(collator.isRowwise)
        #expect(throws: TuneError.self) { try collator(Columns(["text": .strings(["a"])])) }
    }
}
