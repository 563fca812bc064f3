import Testing
import TuneBase
import TuneDatasets

/// Printed forms and access to rows, columns and ranges.
@Suite struct DatasetTests {
    private func table() throws -> Dataset {
        let structure = DataValue.structure(["z": .int(1), "a": .string("u")])
        return try Dataset(
            [
                "x": .ints([1, 2, 3, 4, 5, 6]),
                "s": .values([
                    .string("a"), .null, .string("it's"), .string("say \"so\""), .string("é\n"),
                    .string(""),
                ]),
                "f": .values([
                    .double(1.5), .double(.nan), .null, .double(1e-7), .double(1e20), .double(-0.0),
                ]),
                "b": .values([
                    .bool(true), .bool(false), .null, .bool(true), .bool(true), .bool(false),
                ]),
                "l": .intLists([[1], [2, 3], [], [4], [5], [6]]),
                "n": .values(Array(repeating: structure, count: 6)),
            ],
            features: [
                "x": .value("int64"), "s": .value("string"), "f": .value("float64"),
                "b": .value("bool"), "l": .list(.value("int64")),
                "n": .structure(["z": .value("int64"), "a": .value("string")]),
            ])
    }

    @Test func listLengthsFollowTheRows() throws {
        let table = try table()
        #expect(try table["l"].lengths() == [1, 2, 0, 1, 1, 1])
        #expect(try table.select([2, 1, 1])["l"].lengths() == [0, 2, 2])
        #expect(try table["x"].lengths() == nil)
    }

    @Test func printsLikePython() throws {
        let golden = try #require(try Golden.json()["printed"])
        let table = try table()
        #expect(try printedRows(table) == golden["rows"]?.strings)
        #expect(
            try table.columnNames.map { try table[$0].description } == golden["columns"]?.strings)
        #expect(table.features.description == golden["features"]?.string)
        #expect(DatasetDict().description == golden["empty"]?.string)
        #expect(
            table.description
                == "Dataset({\n    features: ['x', 's', 'f', 'b', 'l', 'n'],\n    num_rows: 6\n})")
    }

    @Test func readsRowsAndRanges() throws {
        let table = try table()
        #expect(try table[-1]["x"] == .int(6))
        #expect(try table[..<2].ints("x") == [1, 2])
        #expect(try table[4...].ints("x") == [5, 6])
        #expect(try table[(-2)...].ints("x") == [5, 6])
        #expect(try table[..<(-4)].ints("x") == [1, 2])
        #expect(try table[1...2].ints("x") == [2, 3])
        #expect(try table[...(-1)].rowCount == 6)
        #expect(try table[2..<100].ints("x") == [3, 4, 5, 6])
        #expect(try table[7..<9].rowCount == 0)
        #expect(try table[[5, 0]].ints("x") == [6, 1])
        #expect(try table.rows([0, -1]).ints("x") == [1, 6])
        #expect(try table.rows(1..<3)["l"] == .intLists([[2, 3], []]))
        #expect(try table.rows(0..<1)["b"] == .bools([true]))
        #expect(try table.rows([2])["s"] == .strings(["it's"]))
        #expect(try table.rows([1])["s"] == .values([.null]))
    }

    @Test func readsColumns() throws {
        let table = try table()
        #expect(try table["x"][-1] == .int(6))
        #expect(try table["x"][1..<3] == .ints([2, 3]))
        #expect(try Array(table["x"]) == (1...6).map(DataValue.int))
        #expect(try table["x"].doubles() == [1, 2, 3, 4, 5, 6])
        #expect(try table["x"].count == 6)
        var seen: [Int] = []
        try table.forEach { seen.append(try $0.int("x")) }
        #expect(seen == [1, 2, 3, 4, 5, 6])
    }

    @Test func namesWhatIsMissing() throws {
        let small = try Golden.small()
        #expect(failure { try small[5] } == "Invalid key: 5 is out of bounds for size 3.")
        #expect(failure { try small[-4] } == "Invalid key: -4 is out of bounds for size 3.")
        #expect(failure { try small.rows([7]) } == "Invalid key: 7 is out of bounds for size 3.")
        #expect(failure { try small["q"] } == "Column 'q' doesn't exist.")
        #expect(failure { try small["x"][7] } == "Invalid key: 7 is out of bounds for size 3.")
        #expect(failure { try small[0]["q"] } == "Column 'q' doesn't exist.")
        #expect(failure { try small["x"].strings() }?.contains("'x' holds integers") == true)
        #expect(failure { try small[0].string("x") }?.contains("holds an integer") == true)
    }

    @Test func refusesUnevenColumns() {
        #expect(
            failure { try Dataset(["a": .ints([1]), "b": .ints([1, 2])]) }
                == "Column 1 named b expected length 1 but got length 2.")
        #expect(
            failure { try Dataset(["a": .values([.int(1), .string("x")])]) }
                == "The column 'a' cannot be stored: one column cannot hold an integer and text.")
        #expect(
            failure { try Dataset(rows: [["a": .int(1)], ["b": .int(1)]]) }
                == "A row has the columns ['b'], but the first row has ['a'].")
    }

    @Test func buildsFromRowsAndNothing() throws {
        let rows = try Dataset(rows: [
            ["b": .int(1), "a": .null], ["a": .double(2), "b": .int(3)],
        ])
        #expect(rows.features.description == "{'b': Value('int64'), 'a': Value('float64')}")
        #expect(try printedRows(rows) == ["{'b': 1, 'a': None}", "{'b': 3, 'a': 2.0}"])
        let none = try Dataset(Columns())
        #expect(none.description == "Dataset({\n    features: [],\n    num_rows: 0\n})")
        #expect(none.isEmpty && none.numRows == 0)
    }

    @Test func fingerprintsFollowTheSteps() throws {
        let (a, b) = (try Golden.small(), try Golden.small())
        #expect(a.fingerprint == b.fingerprint)
        #expect(a.fingerprint.count == 16)
        #expect(a.shuffle(seed: 1).fingerprint == b.shuffle(seed: 1).fingerprint)
        #expect(a.shuffle(seed: 1).fingerprint != a.shuffle(seed: 2).fingerprint)
        #expect(try a.removeColumns("x").fingerprint != a.removeColumns("s").fingerprint)
        let steps = try (0..<2).map { _ in try a.map { ["y": try $0["x"]] } }
        #expect(steps[0].fingerprint == steps[1].fingerprint)
        #expect(try a.map { ["y": try $0["x"]] }.fingerprint != steps[0].fingerprint)
    }
}
