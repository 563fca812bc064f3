import Testing
import TuneBase

@Suite struct ColumnsTests {
    private let columns = Columns([
        "text": .strings(["a", "b", "c"]), "label": .ints([0, 1, 1]),
        "input_ids": .intLists([[1, 2], [], [3]]),
    ])

    @Test func keepsOrderAndReplacesInPlace() {
        var changed = columns
        changed["label"] = .doubles([0.5, 1, 2])
        changed["new"] = .bools([true, false, true])
        #expect(changed.names == ["text", "label", "input_ids", "new"])
        changed["text"] = nil
        #expect(changed.names == ["label", "input_ids", "new"])
        #expect(changed.rowCount == 3)
    }

    @Test func selectsRowsOfEveryKind() throws {
        let selected = columns.selecting([2, 0, 2])
        #expect(try selected.strings("text") == ["c", "a", "c"])
        #expect(try selected.ints("label") == [1, 0, 1])
        #expect(try selected.intLists("input_ids").rows == [[3], [1, 2], [3]])
    }

    @Test func flatArraysBecomeRows() {
        let rows = RaggedInts(values: [1, 2, 3], offsets: [0, 2, 2, 3])
        #expect(rows == [[1, 2], [], [3]])
        #expect(RaggedInts(values: [], offsets: [0]) == RaggedInts())
    }

    @Test func missingColumnsSuggest() {
        #expect {
            try columns.strings("txt")
        } throws: {
            "\($0)".contains("There is no column 'txt'. Did you mean 'text'?")
        }
        #expect(throws: TuneError.self) { try columns.removing(["nothing"]) }
    }

    @Test func wrongKindsAreNamed() {
        #expect {
            try columns.strings("label")
        } throws: {
            "\($0)".contains("'label' holds integers where text is needed")
        }
    }

    @Test func compactFormIsChosenByContent() {
        #expect(ColumnData([.int(1), .int(2)]) == .ints([1, 2]))
        #expect(ColumnData([.int(1), .double(2.5)]) == .doubles([1, 2.5]))
        #expect(ColumnData([.string("a")]) == .strings(["a"]))
        #expect(ColumnData([.list([.int(1)]), .list([])]) == .intLists([[1], []]))
        #expect(ColumnData([.null, .int(1)]) == .values([.null, .int(1)]))
        #expect(ColumnData([]).count == 0)
    }

    @Test func valuesPrintAsInPython() {
        let value: DataValue = .structure(["b": .list([.null, .double(1)]), "a": .string("it's")])
        #expect("\(value)" == "{'a': \"it's\", 'b': [None, 1.0]}")
    }

    @Test func raggedRowsKeepTheirBounds() {
        var rows: RaggedInts = [[1], [2, 3]]
        rows.append([])
        #expect(rows.count == 3)
        #expect(rows[1] == [2, 3])
        #expect(rows.offsets == [0, 1, 3, 3])
    }
}
