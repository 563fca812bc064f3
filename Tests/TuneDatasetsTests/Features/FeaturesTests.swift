import Testing
import TuneBase
import TuneDatasets

@Suite struct FeaturesTests {
    @Test func printsEveryKind() throws {
        let features: Features = [
            "a": .list(.value("int32"), length: 3), "b": .largeList(.value("string")),
            "c": .structure(["d": .list(.value("int8"))]), "e": .value("timestamp[s]"),
            "f": try .classLabel(names: ["it's", "b"]),
        ]
        #expect(features.description == (try Golden.json()["printed"]?["kinds"]?.string))
        #expect(Feature.json.description == "Json(decode=True)")
        #expect(Features().description == "{}")
    }

    @Test func looksColumnsUp() throws {
        var features: Features = ["a": .value("int8"), "b": try .classLabel(names: ["n", "p"])]
        #expect(features["b"]?.names == ["n", "p"])
        #expect(try features.classLabel("b").numClasses == 2)
        #expect(
            failure { try features.classLabel("a") }
                == "The column 'a' is Value('int8'), not a ClassLabel.")
        #expect(failure { try features.classLabel("z") } == "Column 'z' doesn't exist.")
        features["a"] = nil
        #expect(features.names == ["b"])
    }

    @Test func survivesParquet() throws {
        let folder = try TemporaryDirectory()
        let path = "\(folder.path)/a/b.parquet"
        let original = try loadDataset(
            "parquet", dataFiles: "\(Golden.file("labelled.parquet"))", split: "train")
        try original.shuffle(seed: 5).toParquet(path)
        let copy = try loadDataset("parquet", dataFiles: "\(path)", split: "train")
        #expect(copy.features == original.features)
        #expect(try printedRows(copy) == printedRows(original.shuffle(seed: 5)))
    }
}
