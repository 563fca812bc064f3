import Foundation
import Testing
import TuneBase
import TuneDatasets

@Suite struct DatasetBuilderTests {
    /// A directory with the files of three splits; the second does not hold what its name says.
    private func withSplits(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("tune-builder-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try createDirectory(folder)
        for (split, text) in [
            ("train", "{\"text\": \"a\", \"stars\": 1.5}\n"), ("validation", "broken\n"),
            ("test", "{\"text\": \"b\", \"stars\": 2}\n"),
        ] {
            try writeFileAtomically(folder.appendingPathComponent("\(split).jsonl"), text)
        }
        try body(folder.path)
    }

    @Test func onlyTheNamedSplitsAreRead() throws {
        try withSplits { path in
            let builder = try loadDatasetBuilder(path)
            #expect(builder.splitNames == ["train", "validation", "test"])
            let data = try builder.load(["test", "nothing"])
            #expect(data.names == ["test"])
            #expect(throws: TuneError.self) { try builder.load(["validation"]) }
            #expect(throws: TuneError.self) { try builder.load() }
        }
    }

    /// Whole numbers become what the first split holds, whether it is asked for or not.
    @Test func featuresAreThoseOfTheFirstSplit() throws {
        try withSplits { path in
            let test = try loadDatasetBuilder(path).load(["test"])["test"]
            #expect(test.features["stars"] == .value("float64"))
        }
    }

    @Test func allSplitsAreThoseOfLoadDataset() throws {
        let path = Golden.file("splits")
        let (built, loaded) = (try loadDatasetBuilder(path).load(), try loadDataset(path))
        #expect(built.names == loaded.names)
        for name in built.names {
            #expect(try built[name].fingerprint == loaded[name].fingerprint)
        }
    }
}
