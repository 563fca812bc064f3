import Testing
import TuneBase
import TuneBatching
import TuneTorch

@Suite struct HostTensorTests {
    @Test func integersAndBooleansBecomeInt64() throws {
        #expect(try HostTensor(.ints([3, -1]), named: "label") == HostTensor([3, -1]))
        #expect(try HostTensor(.bools([true, false]), named: "flag") == HostTensor([1, 0]))
    }

    @Test func numbersBecomeFloat32() throws {
        let tensor = try HostTensor(.doubles([0.1, 2]), named: "label")
        #expect(tensor.floats == [0.1, 2])
        #expect(tensor.shape == [2])
    }

    @Test func listsOfEqualLengthBecomeAMatrix() throws {
        let tensor = try HostTensor(.intLists([[1, 2, 3], [4, 5, 6]]), named: "input_ids")
        #expect(tensor.shape == [2, 3])
        #expect(tensor.ints == [1, 2, 3, 4, 5, 6])
    }

    @Test func nestedListsOfMixedNumbersBecomeFloat32() throws {
        let rows: [DataValue] = [
            .list([.int(1), .double(0.5)]), .list([.double(2), .int(3)]),
        ]
        let tensor = try HostTensor(.values(rows), named: "labels")
        #expect(tensor.shape == [2, 2])
        #expect(tensor.floats == [1, 0.5, 2, 3])
    }

    @Test func unequalListsNameColumnRowAndLengths() throws {
        let error = #expect(throws: TuneError.self) {
            try HostTensor(.intLists([[1, 2], [3]]), named: "input_ids")
        }
        #expect(error?.message.contains("'input_ids'") == true)
        #expect(error?.message.contains("2 in row 0 of the batch, 1 in row 1") == true)
        #expect(throws: TuneError.self) {
            try HostTensor(
                .values([.list([.double(1)]), .list([.double(1), .double(2)])]), named: "x")
        }
    }

    @Test func textAndNullsAreRefusedByName() throws {
        for column in [ColumnData.strings(["a"]), .values([.null]), .values([.list([.null])])] {
            let error = #expect(throws: TuneError.self) {
                try HostTensor(column, named: "sentence1")
            }
            #expect(error?.description.contains("sentence1") == true)
        }
    }

    @Test func tensorsKeepShapeAndType() {
        let ids = HostTensor([1, 2, 3, 4], shape: [2, 2]).tensor()
        #expect(ids.shape == [2, 2])
        #expect(ids.dtype == .int64)
        #expect(ids.ints() == [1, 2, 3, 4])
        #expect(HostTensor([0.5, 1] as [Float]).tensor().dtype == .float32)
    }
}
