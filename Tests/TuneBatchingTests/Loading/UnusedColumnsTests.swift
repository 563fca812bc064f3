import Testing
import TuneBase
import TuneBatching
import TuneDatasets

@Suite struct UnusedColumnsTests {
    private func dataset(_ names: [String]) throws -> Dataset {
        var columns = Columns()
        for name in names { columns[name] = .ints([1]) }
        return try Dataset(columns)
    }

    @Test func keepsInputsAndLabels() throws {
        let kept = try removingUnusedColumns(
            dataset(["idx", "input_ids", "label", "start", "sentence1"]),
            forwardArguments: ["input_ids", "attention_mask", "labels"], labelNames: ["start"])
        #expect(kept.columnNames == ["input_ids", "label", "start"])
    }

    @Test func nothingLeftNamesColumnsAndInputs() throws {
        let data = try dataset(["sentence1", "idx"])
        let error = #expect(throws: TuneError.self) {
            try removingUnusedColumns(data, forwardArguments: ["input_ids"], split: "training")
        }
        #expect(error?.message.contains("sentence1, idx") == true)
        #expect(error?.message.contains("input_ids") == true)
    }
}
