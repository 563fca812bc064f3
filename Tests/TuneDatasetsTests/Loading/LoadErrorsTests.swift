import Foundation
import Testing
import TuneBase
import TuneDatasets

/// Wrong files, splits and configurations: the errors say what Python says, and name the file.
@Suite struct LoadErrorsTests {
    @Test(arguments: [
        ("csv", "broken.csv", "Expected 2 fields in line 3, saw 3"),
        ("csv", "open.csv", "EOF inside string starting at row 1"),
        ("csv", "empty.csv", "No columns to parse from file"),
        ("csv", "latin.csv", "not valid UTF-8"),
        ("csv", "header.csv", "Instruction \"train\" corresponds to no data!"),
        ("json", "empty.jsonl", "is empty"),
        ("json", "broken.jsonl", "JSON parse error: Invalid value. in row 1"),
        ("json", "broken.json", "unexpected end at line 1"),
        ("json", "scalar.json", "changed from object to number"),
        ("parquet", "broken.parquet", "Parquet"),
        ("parquet", "empty.parquet", "Parquet file size is 0 bytes"),
        ("parquet", "map.parquet", "does not have a datasets dtype equivalent"),
        ("json", "nowhere.jsonl", "Unable to find '\(Golden.file("nowhere.jsonl"))'"),
    ])
    func namesTheFile(loader: String, file: String, problem: String) throws {
        do {
            _ = try loadDataset(loader, dataFiles: "\(Golden.file(file))")
            Issue.record("no error for \(file)")
        } catch let error as TuneError {
            #expect(error.message.contains(problem))
            #expect(error.description.contains(Golden.file(file)))
        }
    }

    @Test func countsRowsOfLongFiles() throws {
        let folder = try TemporaryDirectory()
        let path = "\(folder.path)/long.jsonl"
        let row = "{\"text\": \"\(String(repeating: "x", count: 1000))\"}\n"
        let good = String(repeating: row, count: 2500)
        try writeFileAtomically(URL(fileURLWithPath: path), good + "{\"text\": oops}\n")
        #expect(
            failure { try loadDataset("json", dataFiles: "\(path)") }?.contains("row 2500") == true)
        try writeFileAtomically(URL(fileURLWithPath: path), good + "{\"text\": 5}\n")
        let mixed = try loadDataset("json", dataFiles: "\(path)", split: "train")
        #expect(mixed.features["text"] == .json)
        #expect(try mixed[-1]["text"] == .int(5))
        let long = "{\"text\": \"\(String(repeating: "y", count: 3_000_000))\"}\n"
        try writeFileAtomically(URL(fileURLWithPath: path), row + long)
        #expect(try loadDataset("json", dataFiles: "\(path)", split: "train").count == 2)
    }

    @Test func namesSplits() {
        let folder = Golden.file("splits")
        #expect(
            failure { try loadDataset(folder, split: "nope") }
                == "Unknown split \"nope\". Should be one of ['train', 'validation', 'test'].")
        #expect(
            failure { try loadDataset(folder, split: "train[5:10]") }
                == "Instruction \"train[5:10]\" corresponds to no data!")
        #expect(
            failure { try loadDataset(folder, split: "train[zz]") }
                == "Unrecognized instruction format: train[zz].")
        #expect(
            failure { try loadDataset(folder, split: "train[:120%]") }
                == "Percent slice boundaries must be > -100 and < 100.")
        #expect(
            failure { try loadDataset(folder, split: "train[:2](closest)") }
                == "It is forbidden to specify rounding if not using percent slicing.")
        #expect(failure { try loadDataset(folder, split: "") }?.hasPrefix("Split name") == true)
        #expect(
            failure { try loadDataset("csv", dataFiles: ["a b": "x.csv"]) }
                == "Split name should match '^\\w+(\\.\\w+)*$' but got 'a b'.")
    }

    @Test func namesConfigurations() {
        let repository = Golden.file("repository")
        #expect(
            failure { try loadDataset(repository) }
                == "Config name is missing. Please pick one among the available configs: ['stars', 'tabs']."
        )
        #expect(
            failure { try loadDataset(repository, "star") }
                == "BuilderConfig 'star' not found. Available: ['stars', 'tabs'].")
        #expect(
            failure { try loadDataset(Golden.file("single"), "zz") }
                == "BuilderConfig 'zz' not found. Available: ['default'].")
        #expect(
            failure { try loadDataset(Golden.file("several")) }
                == "Dataset has several default configs: 'c1' and 'c2'.")
        #expect(
            failure { try loadDataset(Golden.file("unreadable")) }?.contains("README.md") == true)
    }

    @Test func namesDirectories() throws {
        #expect(
            failure { try loadDataset("/nowhere/at/all") }
                == "Couldn't find any data file at /nowhere/at/all.")
        #expect(
            failure { try loadDataset(Golden.file("nothing")) }
                == "No (supported) data files found in \(Golden.file("nothing")).")
        let empty = try TemporaryDirectory()
        #expect(
            failure { try loadDataset(empty.path) }
                == "The directory at \(empty.path) doesn't contain any data files.")
        #expect(failure { try loadDataset(Golden.file("reviews.csv")) }?.contains("file") == true)
        #expect(failure { try loadDataset("json") } == "The loader json has no files.")
    }

    @Test func comparesWithTheCard() {
        #expect(
            failure { try loadDataset(Golden.file("promise")) }?
                .contains("has 1 rows, but the dataset card promises 7") == true)
    }

    @Test func comparesFilesOfASplit() {
        #expect(
            failure { try loadDataset(Golden.file("uneven")) }?
                .contains("column names don't match") == true)
        #expect(
            failure {
                try loadDataset(
                    "json", dataFiles: "\(Golden.file("document.json"))", field: "row")
            } == "\(Golden.file("document.json")) has no field 'row'.")
        let label: Features = [
            "text": .value("string"), "label": .classLabel(ClassLabel(count: 1)),
        ]
        #expect(
            failure {
                try loadDataset(
                    "csv", dataFiles: "\(Golden.file("labels.csv"))", features: label)
            }?.contains("Invalid string class label pos.") == true)
    }
}
