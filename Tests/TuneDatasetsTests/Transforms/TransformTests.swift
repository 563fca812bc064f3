import Testing
import TuneBase
import TuneDatasets

/// Choosing and ordering rows.
@Suite struct TransformTests {
    @Test func selects() throws {
        let small = try Golden.small()
        #expect(try small.select([2, 0, -1])["x"].ints() == [3, 1, 3])
        #expect(try small.select(1..<3).select([0])["x"].ints() == [2])
        #expect(try small.select([2, 0]).select(1..<2)["x"].ints() == [1])
        #expect(try small.select([]).count == 0)
        #expect(try small.take(2)["x"].ints() == [1, 2])
        #expect(try small.take(10).count == 3)
        #expect(try small.skip(2)["x"].ints() == [3])
        #expect(try small.skip(10).count == 0)
        #expect(
            try (0..<2).map { try small.shard(shards: 2, index: $0)["x"].ints() } == [[1, 2], [3]])
        #expect(
            failure { try small.select([0, 10]) }
                == "Index 10 out of range for dataset of size 3.")
        #expect(failure { try small.take(-1) }?.contains("negative") == true)
        #expect(failure { try small.shard(shards: 2, index: 2) } == "There is no shard 2 of 2.")
    }

    @Test func filters() throws {
        let small = try Golden.small()
        let some = try small.filter { try $0.int("x") > 1 }
        #expect(try some.filter { try $0.int("x") > 2 }["s"].strings() == ["c"])
        #expect(try small.filter(batched: true) { try $0.ints("x").map { $0 != 2 } }.count == 2)
        #expect(
            failure { try small.filter(batched: true) { _ in [true] } }
                == "The filter returned 1 truth values for 3 rows.")
    }

    @Test func sorts() throws {
        let table = try Dataset([
            "s": .values([.string("b"), .null, .string("a"), .string("b")]),
            "x": .ints([1, 2, 3, 4]),
        ])
        #expect(try table.sort("s")["x"].ints() == [3, 1, 4, 2])
        #expect(try table.sort("s", reverse: true)["x"].ints() == [1, 4, 3, 2])
        #expect(try table.sort("s", nullsFirst: true)["x"].ints() == [2, 3, 1, 4])
        #expect(try table.sort(["s", "x"], reverse: [false, true])["x"].ints() == [3, 4, 1, 2])
        #expect(try table.select([3, 0, 2]).sort("x")["x"].ints() == [1, 3, 4])
        #expect(
            failure { try table.sort("q") }
                == "Column 'q' not found in the dataset. Please provide a column selected in: ['s', 'x']."
        )
    }

    @Test func findsDistinctValues() throws {
        let table = try Dataset(["s": .values([.string("b"), .null, .string("a"), .string("b")])])
        #expect(try table.unique("s") == [.string("b"), .null, .string("a")])
        #expect(try table.select([2, 3]).unique("s") == [.string("a"), .string("b")])
        #expect(
            failure { try table.unique("q") } == "Column (q) not in table columns (['s']).")
    }

    @Test func refusesImpossibleSplits() throws {
        let small = try Golden.small()
        let range =
            "should be either positive and smaller than the number of samples 3 or a float in the (0, 1) range."
        #expect(failure { try small.trainTestSplit(testSize: 5) } == "test_size=5 \(range)")
        #expect(failure { try small.trainTestSplit(testSize: 1.5) } == "test_size=1.5 \(range)")
        #expect(failure { try small.trainTestSplit(trainSize: 0) } == "train_size=0 \(range)")
        #expect(
            failure { try small.trainTestSplit(testSize: 2, trainSize: 2) }
                == "The sum of train_size and test_size = 4, should be smaller than the number of samples 3. Reduce test_size and/or train_size."
        )
        #expect(
            failure { try small.trainTestSplit(testSize: 0.99) }
                == "With n_samples=3, test_size=0.99 and train_size=None, the resulting train set will be empty. Adjust any of the aforementioned parameters."
        )
        #expect(
            failure { try small.trainTestSplit(testSize: 0.5, trainSize: 0.75) }?
                .hasPrefix("The sum of test_size and train_size = 1.25") == true)
    }

    @Test func concatenates() throws {
        let a = try Dataset(["a": .ints([1]), "b": .strings(["u"])])
        let b = try Dataset(["b": .strings(["z"]), "a": .ints([2])])
        #expect(
            try printedRows(concatenateDatasets([a, b])) == [
                "{'a': 1, 'b': 'u'}", "{'a': 2, 'b': 'z'}",
            ])
        let sparse = try concatenateDatasets([
            a, try Dataset(["a": .values([.null])]), try Dataset(["c": .doubles([0.5])]),
        ])
        #expect(
            try printedRows(sparse) == [
                "{'a': 1, 'b': 'u', 'c': None}", "{'a': None, 'b': None, 'c': None}",
                "{'a': None, 'b': None, 'c': 0.5}",
            ])
        #expect(
            failure { try concatenateDatasets([]) }
                == "Unable to concatenate an empty list of datasets.")
        #expect(
            failure { try concatenateDatasets([a, try Dataset(["a": .doubles([1.5])])]) }
                == "The features can't be aligned because the key a of features {'a': Value('float64')} has unexpected type - Value('float64') (expected either Value('int64') or Value(\"null\")."
        )
    }
}
