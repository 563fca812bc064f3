import Testing
import TuneBase
import TuneDatasets

/// Every fixture, loaded as Python loads it: printed forms, features, rows.
@Suite struct LoadDatasetTests {
    @Test func loadsLikePython() throws {
        for golden in try Golden.cases("loads") {
            let loaded = try load(golden)
            let label = golden.serialized().prefix(90)
            #expect(loaded.description == golden["printed"]?.string, "\(label)")
            for (name, split) in try #require(golden["splits"]?.object).members {
                let dataset = try loaded[name]
                #expect(dataset.features.description == split["features"]?.string, "\(label)")
                #expect(try printedRows(dataset) == split["rows"]?.strings, "\(label)")
                let columns = try dataset.columnNames.map { try dataset[$0].description }
                #expect(columns == split["columns"]?.strings, "\(label)")
            }
        }
    }

    private func load(_ golden: JSONValue) throws -> DatasetDict {
        let path = try #require(golden["path"]?.string)
        guard let files = golden["data_files"] else {
            return try loadDataset(Golden.file(path), golden["name"]?.string)
        }
        let field = golden["field"]?.string
        if let file = files.string {
            return try loadDataset(path, dataFiles: "\(Golden.file(file))", field: field)
        }
        let splits = try #require(files.object).members.map { split in
            (split.key, FileList(split.value.strings.map(Golden.file)))
        }
        #expect(splits.map(\.0) == ["train", "dev"])
        return try loadDataset(path, dataFiles: ["train": splits[0].1, "dev": splits[1].1])
    }

    @Test func selectsPartsOfSplits() throws {
        let all = try loadDataset(Golden.file("splits"), split: "train+test")
        #expect(all.count == 4)
        #expect(all.split == "train+test")
        let part = try loadDataset(Golden.file("splits"), split: "train[1:]+validation[:50%]")
        #expect(try part["stars"].ints() == [2, 5, 3])
    }

    @Test func acceptsOtherDelimitersAndFeatures() throws {
        let tabs = try loadDataset("csv", dataFiles: "\(Golden.file("tabs.tsv"))", split: "train")
        #expect(try tabs["b"].strings() == ["one two"])
        let whole = try loadDataset(
            "csv", dataFiles: "\(Golden.file("tabs.tsv"))", delimiter: ";", split: "train")
        #expect(whole.columnNames == ["a\tb"])
        let label = try Feature.classLabel(names: ["neg", "pos"])
        let labelled = try loadDataset(
            "csv", dataFiles: "\(Golden.file("labels.csv"))",
            features: ["text": .value("string"), "label": label], split: "train")
        #expect(try labelled["label"].ints() == [1, 0])
        let numbered = try loadDataset(
            "csv", dataFiles: "\(Golden.file("numbered.csv"))",
            features: ["text": .value("string"), "label": label, "more": .value("int32")],
            split: "train")
        #expect(
            try printedRows(numbered) == [
                "{'text': '007', 'label': 1, 'more': None}",
                "{'text': '010', 'label': 0, 'more': None}",
            ])
    }

    @Test func findsFilesInDirectories() throws {
        let folder = Golden.file("splits")
        let named = try loadDataset(folder, dataFiles: ["train": "test.jsonl", "x": ["t*.jsonl"]])
        #expect(named.numRows == ["train": 1, "x": 4])
        let below = try loadDataset("csv", dataDir: Golden.file("shards"))
        #expect(below.names == ["train", "test", "zeta"])
        let sub = try loadDataset(Golden.file("repository"), dataDir: "stars")
        #expect(sub.numRows == ["train": 2 + 1, "test": 1])
    }

    @Test func readsDates() throws {
        let times = try loadDataset(
            "parquet", dataFiles: "\(Golden.file("times.parquet"))", split: "train")
        #expect(times.features.description == "{'when': Value('timestamp[us]')}")
        #expect(try times["when"].strings()[1].hasPrefix("1970-01-02 00:00:00"))
    }
}
