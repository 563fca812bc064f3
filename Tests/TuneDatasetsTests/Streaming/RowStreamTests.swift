import Testing
import TuneBase
import TuneDatasets

@Suite struct RowStreamTests {
    private func values(_ rows: any RowIterator, skipping count: Int = 0) throws -> [Int] {
        var rows = rows
        if count > 0 { try rows.skip(count) }
        var result: [Int] = []
        while let row = try rows.next() { result.append(try row.int("n")) }
        return result
    }

    @Test func rowsOfASequenceBeginAnewInEveryPass() throws {
        let stream = RowStream { epoch in (0..<3).map { ["n": .int($0 + 10 * epoch)] as Row } }
        #expect(try values(stream.makeRowIterator(epoch: 0)) == [0, 1, 2])
        #expect(try values(stream.makeRowIterator(epoch: 2)) == [20, 21, 22])
        #expect(try values(stream.makeRowIterator(epoch: 0), skipping: 2) == [2])
        #expect(try values(stream.makeRowIterator(epoch: 0), skipping: 9) == [])
    }

    @Test(arguments: [0, 1, 99, 100, 101, 250, 251, 300])
    func aDatasetStreamsFromAnyRow(start: Int) throws {
        let dataset = try Dataset(["n": .ints(Array(0..<251))])
        let rows = try dataset.toIterableDataset().makeRowIterator(epoch: 4)
        #expect(try values(rows, skipping: start) == Array(0..<251).filter { $0 >= start })
    }

    @Test func skippingInTheMiddleCounts() throws {
        var rows = try Dataset(["n": .ints(Array(0..<250))]).toIterableDataset()
            .makeRowIterator(epoch: 0)
        _ = try rows.next()
        try rows.skip(40)
        #expect(try rows.next()?.int("n") == 41)
        try rows.skip(150)
        #expect(try rows.next()?.int("n") == 192)
    }
}
