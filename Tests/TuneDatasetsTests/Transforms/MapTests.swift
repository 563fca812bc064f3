import Testing
import TuneBase
import TuneDatasets

@Suite struct MapTests {
    /// The same mappings as in `Tools/goldens/dataset.py`.
    private func results() throws -> [String: Dataset] {
        let small = try Golden.small()
        let classes = try small.castColumn(
            "x", to: .classLabel(names: ["no", "yes", "two", "three"]))
        func batched(
            _ columns: KeyValuePairs<String, ColumnData>, removing: [String] = []
        ) throws -> Dataset {
            try small.map(batched: true, removeColumns: removing) { _ in Columns(columns) }
        }
        let structure = DataValue.structure(["a": .int(1), "b": .string("u")])
        return [
            "replaceWithText": try batched(["x": .strings(["p", "q", "r"])]),
            "replaceWithDigits": try batched(["x": .strings(["1", "2", "3"])]),
            "replaceTextWithInts": try batched(["s": .ints([1, 2, 3])]),
            "replaceWithWholeDoubles": try batched(["x": .doubles([1, 2, 3])]),
            "replaceWithDoubles": try batched(["x": .doubles([1.5, 2, 3])]),
            "replaceListWithDoubles": try batched([
                "l": .values([.list([.double(1.5)]), .list([.double(1)]), .list([])])
            ]),
            "replaceWithNulls": try batched(["x": .values([.null, .null, .null])]),
            "encodings": try batched([
                "input_ids": .intLists([[300], [1, 2], []]),
                "attention_mask": .intLists([[1], [1, 1], []]),
                "token_type_ids": .intLists([[0], [0, 0], []]), "labels": .ints([1, 0, 1]),
                "f": .doubles([0.5, 1, 2]),
            ]),
            "wideMask": try batched([
                "input_ids": .ints([1, 2, 3]), "attention_mask": .intLists([[300], [1], []]),
            ]),
            "removedAndReturned": try batched(
                [
                    "z": .ints([1, 2, 3]), "s": .strings(["q", "r", "t"]), "a": .ints([0, 0, 0]),
                ], removing: ["s"]),
            "shorter": try batched(["z": .ints([1, 2])], removing: ["x", "s", "l"]),
            "structures": try batched(["z": .values([structure, structure, structure])]),
            "rows": try small.map { row in
                ["y": .int(try row.int("x") * 2), "s": .string(try row.string("s") + "!")]
            },
            "rowsWithNull": try small.map { ["z": try $0.int("x") < 2 ? .null : try $0["x"]] },
            "rowsWithDoubles": try small.map { row in
                let x = try row.int("x")
                return ["z": x > 1 ? .double(Double(x) * 1.5) : .int(1)]
            },
            "classByNumber": try classes.map { _ in ["x": .int(0)] },
            "classByName": try classes.map { _ in ["x": .string("yes")] },
        ]
    }

    @Test func mapsLikePython() throws {
        let golden = try #require(try Golden.json()["maps"]?.object)
        let results = try results()
        #expect(Set(golden.keys) == Set(results.keys))
        for (name, expected) in golden.members {
            let result = try #require(results[name])
            #expect(result.features.description == expected["features"]?.string, "\(name)")
            #expect(try printedRows(result) == expected["rows"]?.strings, "\(name)")
        }
    }

    @Test func joinsBatchesOfDifferentKinds() throws {
        let small = try Golden.small()
        let wider = try small.map(batched: true, batchSize: 2) { batch in
            Columns(["z": try batch.ints("x") == [3] ? .doubles([0.5]) : .ints([1, 2])])
        }
        #expect(try wider["z"].doubles() == [1, 2, 0.5])
        let later = try small.map(batched: true, batchSize: 2) { batch in
            Columns(["z": batch.rowCount == 1 ? .strings(["x"]) : .values([.null, .null])])
        }
        #expect(try later["z"].data() == .values([.null, .null, .string("x")]))
        #expect(
            failure {
                try small.map(batched: true, batchSize: 2) { batch in
                    Columns(["z": batch.rowCount == 1 ? .strings(["x"]) : .ints([1, 2])])
                }
            } == "The column 'z' is Value('int64') in some batches and Value('string') in others.")
    }

    @Test func seesTheRowsOfASelection() throws {
        let chosen = try Golden.small().select([2, 0])
        let mapped = try chosen.map(batched: false) { row in
            #expect(row.rowCount == 1)
            return Columns(["y": .ints([try row.ints("x")[0] * 10])])
        }
        #expect(
            try printedRows(mapped) == [
                "{'x': 3, 's': 'c', 'l': [3], 'y': 30}", "{'x': 1, 's': 'a', 'l': [1], 'y': 10}",
            ])
        let whole = try chosen.map(batched: true, batchSize: nil) { batch in
            Columns(["n": .ints(Array(repeating: batch.rowCount, count: batch.rowCount))])
        }
        #expect(try whole["n"].ints() == [2, 2])
        let dictionary: [String: DataValue] = ["p": .int(1), "o": .int(2)]
        #expect(try chosen.map { _ in dictionary }.columnNames == ["x", "s", "l", "o", "p"])
    }

    @Test func keepsAnEmptyDataset() throws {
        let empty = try Golden.small().filter { _ in false }
        #expect(try empty.map { _ in ["y": .int(1)] }.columnNames == ["x", "s", "l"])
    }

    @Test func obeysFeatures() throws {
        let mapped = try Golden.small().map(
            removeColumns: ["s", "l"], features: ["x": .value("int8"), "y": .value("float32")]
        ) { ["y": try $0["x"]] }
        #expect(try printedRows(mapped)[1] == "{'x': 2, 'y': 2.0}")
    }

    @Test func refusesWhatDoesNotFit() throws {
        let small = try Golden.small()
        func mapped(
            _ columns: KeyValuePairs<String, ColumnData>, removing: [String] = []
        ) -> String? {
            failure {
                try small.map(batched: true, removeColumns: removing) { _ in Columns(columns) }
            }
        }
        #expect(
            mapped(["z": .ints([1, 2])])
                == "Column 3 named z expected length 3 but got length 2.")
        #expect(
            mapped(["z": .ints([1, 2]), "y": .ints([1])], removing: ["x", "s", "l"])
                == "Column 1 named y expected length 2 but got length 1.")
        #expect(
            mapped(["z": .ints([1, 2, 3])], removing: ["nope"])
                == "Column to remove ['nope'] not in the dataset. Current columns in the dataset: ['x', 's', 'l']"
        )
        #expect(
            failure { try small.map { try $0.int("x") < 2 ? ["z": .int(1)] : [:] } }
                == "A row has the columns [], but the first row has ['z'].")
        #expect(
            failure { try small.map(batched: true, batchSize: 0) { $0 } }
                == "The batch size is 0.")
        let classes = try small.castColumn("x", to: .classLabel(ClassLabel(count: 4)))
        #expect(
            failure { try classes.map { _ in ["x": .int(9)] } }?
                .hasPrefix("Class label 9 greater than configured num_classes 4.") == true)
        #expect(
            failure { try classes.map { _ in ["x": .string("zz")] } }?
                .hasPrefix("Invalid string class label zz.") == true)
    }
}
