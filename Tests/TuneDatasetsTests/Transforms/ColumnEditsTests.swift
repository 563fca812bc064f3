import Testing
import TuneBase
import TuneDatasets

/// Removing, renaming, adding and converting columns.
@Suite struct ColumnEditsTests {
    private let current = "Current columns in the dataset: ['x', 's', 'l']"

    @Test func editsNames() throws {
        let small = try Golden.small()
        #expect(try small.removeColumns(["x", "l"]).columnNames == ["s"])
        #expect(try small.selectColumns(["s", "x"]).columnNames == ["s", "x"])
        #expect(try small.renameColumn("s", to: "text").columnNames == ["x", "text", "l"])
        let swapped = try small.renameColumns(["x": "s", "s": "x"])
        #expect(try swapped[0].description == "{'s': 1, 'x': 'a', 'l': [1]}")
        let shuffled = try small.select([2, 1]).renameColumn("x", to: "labels")
        #expect(try shuffled["labels"].ints() == [3, 2])
        #expect(try small.removeColumns(["x", "s", "l"]).count == 0)
    }

    @Test func refusesWrongNames() throws {
        let small = try Golden.small()
        #expect(
            failure { try small.removeColumns(["y", "z"]) }
                == "Column name ['y', 'z'] not in the dataset. \(current)")
        #expect(
            failure { try small.selectColumns(["q"]) }
                == "Column name ['q'] not in the dataset. \(current)")
        #expect(
            failure { try small.renameColumn("y", to: "z") }
                == "Original column name y not in the dataset. \(current)")
        #expect(
            failure { try small.renameColumn("x", to: "s") }
                == "New column name s already in the dataset. Please choose a column name which is not already in the dataset. \(current)"
        )
        #expect(
            failure { try small.renameColumn("x", to: "") } == "New column name is empty.")
        #expect(
            failure { try small.renameColumns(["x": "a", "s": "a"]) }
                == "New column names must all be different, but this column mapping has 1 duplicates."
        )
        #expect(
            failure { try small.renameColumns(["q": "a"]) }
                == "Original column names {'q'} not in the dataset. \(current)")
        #expect(
            failure { try small.renameColumns(["x": ""]) } == "New column names [''] are empty.")
        #expect(failure { try small.renameColumns(["x": "s"]) }?.hasPrefix("New column") == true)
    }

    @Test func addsColumns() throws {
        let chosen = try Golden.small().select([2, 0])
        let added = try chosen.addColumn("q", .doubles([0.5, 1]))
        #expect(try added[0].description == "{'x': 3, 's': 'c', 'l': [3], 'q': 0.5}")
        let typed = try chosen.addColumn("q", .ints([0, 1]), feature: .value("int8"))
        #expect(typed.features["q"] == .value("int8"))
        #expect(
            failure { try chosen.addColumn("x", .ints([1, 2])) }
                == "The table can't have duplicated columns but columns ['x'] are duplicated.")
        #expect(
            failure { try chosen.addColumn("y", .ints([1])) }?
                .contains("don't have the same number of rows") == true)
    }

    @Test func castsColumns() throws {
        let small = try Golden.small()
        #expect(try small.castColumn("x", to: .value("string"))["x"].strings() == ["1", "2", "3"])
        #expect(
            try small.castColumn("x", to: .value("float32")).features["x"]?.description
                == "Value('float32')")
        #expect(
            try small.select([2, 0]).castColumn("s", to: .classLabel(names: ["c", "a"]))["s"].ints()
                == [0, 1])
        let texts = try Dataset(["a": .values([.string("0"), .string("p"), .string("-1"), .null])])
        let label = try Feature.classLabel(names: ["n", "p"])
        #expect(
            try texts.castColumn("a", to: label)["a"].data()
                == .values([.int(0), .int(1), .int(-1), .null]))
        #expect(
            failure { try texts.castColumn("a", to: .value("int64")) }?
                .contains("Failed to parse string: 'p' as a scalar of type int64") == true)
        #expect(
            failure { try small.castColumn("x", to: label) }?
                .hasPrefix("Class label 2 greater than configured num_classes 2.") == true
                || failure { try small.castColumn("x", to: label) }?
                    .hasPrefix("Class label 3 greater than configured num_classes 2.") == true
        )
        #expect(
            failure { try small.castColumn("q", to: label) }
                == "The columns in features (['x', 's', 'l', 'q']) must be identical as the columns in the dataset: ['x', 's', 'l']."
        )
        #expect(
            failure { try small.castColumn("x", to: .value("decimal")) }?
                .contains("unknown data type 'decimal'") == true)
    }

    @Test func encodesClasses() throws {
        func encoded(_ values: [DataValue]) throws -> (names: [String], data: ColumnData) {
            let dataset = try Dataset(["a": .values(values)]).classEncodeColumn("a")
            return (try dataset.features.classLabel("a").names, try dataset["a"].data())
        }
        let texts = try encoded([.string("x"), .string("y"), .string("x"), .null])
        #expect(texts.names == ["x", "y"])
        #expect(texts.data == .values([.int(0), .int(1), .int(0), .null]))
        #expect(try encoded([.int(3), .int(10), .int(2)]).names == ["10", "2", "3"])
        #expect(try encoded([.bool(true), .bool(false)]).names == ["False", "True"])
        #expect(try encoded([.double(1.5), .double(1)]).names == ["1.0", "1.5"])
        #expect(
            failure { try Golden.small().classEncodeColumn("l") }
                == "Class encoding is only supported for Value column, and column l is List.")
        #expect(
            failure { try Golden.small().classEncodeColumn("q") }
                == "Column (q) not in table columns (['x', 's', 'l']).")
    }
}
