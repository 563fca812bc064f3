import Testing
import TuneBase
import TuneDatasets

@Suite struct DatasetDictTests {
    private func splits() throws -> DatasetDict {
        let small = try Golden.small()
        return ["train": small, "test": try small.select([2, 0])]
    }

    @Test func printsItsSplits() throws {
        #expect(
            try splits().description == """
                DatasetDict({
                    train: Dataset({
                        features: ['x', 's', 'l'],
                        num_rows: 3
                    })
                    test: Dataset({
                        features: ['x', 's', 'l'],
                        num_rows: 2
                    })
                })
                """)
    }

    @Test func looksSplitsUp() throws {
        let splits = try splits()
        #expect(splits.names == ["train", "test"])
        #expect(splits.count == 2 && splits.contains("test") && !splits.contains("x"))
        #expect(splits.columnNames["test"] == ["x", "s", "l"])
        #expect(
            failure { try splits["tset"] }
                == "Unknown split \"tset\". Should be one of ['train', 'test'].")
    }

    @Test func isMadeOfPairsAndDictionaries() throws {
        let (small, one) = (try Golden.small(), try Golden.small().select([1]))
        let pairs = try DatasetDict(zip(["z", "a"], [small, one]))
        #expect(pairs.names == ["z", "a"])
        #expect(try pairs["a"].count == 1)
        #expect(try DatasetDict([("b", one), ("a", small)]).names == ["b", "a"])
        #expect(DatasetDict(sorting: ["b": one, "c": one, "a": one]).names == ["a", "b", "c"])
        #expect(DatasetDict().isEmpty && !pairs.isEmpty)
    }

    @Test func refusesANameTwice() throws {
        let small = try Golden.small()
        #expect(
            failure { try DatasetDict([("a", small), ("b", small), ("a", small)]) }
                == "Two datasets have the name \"a\".")
        let literal: DatasetDict = ["a": small, "a": try small.select([0])]
        #expect(literal.repeatedNames == ["a"])
        #expect(try literal.names == ["a"] && literal["a"].count == 1)
    }

    @Test func transformsEverySplit() throws {
        let splits = try splits()
        #expect(try splits.removeColumns(["x"]).columnNames["test"] == ["s", "l"])
        #expect(try splits.removeColumns("x").selectColumns(["l"])["train"].columnNames == ["l"])
        #expect(try splits.renameColumn("x", to: "y")["test"][0].int("y") == 3)
        #expect(
            try splits.renameColumns(["x": "s", "s": "x"])["test"].columnNames == ["s", "x", "l"])
        #expect(try splits.filter { try $0.int("x") > 2 }.numRows == ["train": 1, "test": 1])
        let doubled = try splits.map(batched: true) { batch in
            var result = Columns()
            result["y"] = .ints(try batch.ints("x").map { $0 * 2 })
            return result
        }
        #expect(try doubled["test"]["y"].ints() == [6, 2])
        #expect(try splits.map { ["y": .int(try $0.int("x") + 1)] }["test"]["y"].ints() == [4, 2])
        #expect(try splits.shuffle(seed: 3)["train"].count == 3)
        let narrow = try splits.castColumn("x", to: .value("int16"))
        #expect(narrow.splits.allSatisfy { $0.dataset.features["x"] == .value("int16") })
        #expect(
            failure { try splits.removeColumns("q") }
                == "Column name ['q'] not in the dataset. Current columns in the dataset: ['x', 's', 'l']"
        )
    }

    @Test func encodesClassesOfAllSplitsTogether() throws {
        let encoded = try splits().classEncodeColumn("s")
        #expect(try encoded["test"].features.classLabel("s").names == ["a", "b", "c"])
        #expect(try encoded["test"]["s"].ints() == [2, 0])
    }
}
