import Testing
import TuneBase
import TuneBatching

@Suite struct DefaultDataCollatorTests {
    @Test func stacksRenamesLabelsAndLeavesTextOut() throws {
        let batch = try DefaultDataCollator()(
            Columns([
                "text": .strings(["a", "b"]), "input_ids": .intLists([[1, 2], [3, 4]]),
                "label": .ints([1, 0]), "note": .values([.null, .int(1)]),
            ]))
        #expect(batch.names == ["labels", "input_ids"])
        #expect(batch["labels"]?.ints == [1, 0])
        #expect(batch["input_ids"]?.shape == [2, 2])
    }

    @Test func floatLabelsStayFloat() throws {
        let batch = try DefaultDataCollator()(Columns(["label": .doubles([0.5, 1])]))
        #expect(batch["labels"]?.floats == [0.5, 1])
    }

    @Test func labelIDsAreLabelsToo() throws {
        let batch = try DefaultDataCollator()(Columns(["label_ids": .intLists([[1], [0]])]))
        #expect(batch.names == ["labels"])
        #expect(batch["labels"]?.shape == [2, 1])
    }

    @Test func unequalRowsAdvisePadding() {
        let error = #expect(throws: TuneError.self) {
            try DefaultDataCollator()(Columns(["input_ids": .intLists([[1], [1, 2]])]))
        }
        #expect(error?.remedy?.contains("DataCollatorWithPadding") == true)
    }
}
