import Testing
import TuneBase
import TuneDatasets

/// Split expressions: the arithmetic of Python's `ReadInstruction`.
@Suite struct SplitInstructionTests {
    @Test func selectsPythonsRows() throws {
        let folder = try TemporaryDirectory()
        var written: Set<Int> = []
        for golden in try Golden.cases("splits") {
            let row = try #require(golden.array)
            let (expression, count) = (try #require(row[0].string), try #require(row[1].int))
            let (from, to) = (try #require(row[2].int), try #require(row[3].int))
            let path = "\(folder.path)/\(count).parquet"
            if written.insert(count).inserted {
                try Dataset(["i": .ints(Array(0..<count))]).toParquet(path)
            }
            let load = { try loadDataset("parquet", dataFiles: "\(path)", split: expression) }
            if from < 0 || from == to {
                #expect(failure(load) != nil, "\(expression) of \(count)")
            } else {
                let part = try load()
                #expect(part.count == to - from, "\(expression) of \(count)")
                #expect(try part[0]["i"] == .int(from), "\(expression) of \(count)")
            }
        }
    }
}
