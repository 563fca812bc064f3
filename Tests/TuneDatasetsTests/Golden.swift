import Foundation
import TuneBase
import TuneDatasets
import TuneTestSupport

/// What Python made of the fixtures, and where they are.
enum Golden {
    static let files = fixtures() + "/files"

    static func json() throws -> JSONValue {
        try JSONValue(contentsOf: URL(fileURLWithPath: fixtures() + "/datasets.json"))
    }

    static func cases(_ key: String) throws -> [JSONValue] {
        guard let cases = try json()[key]?.array else {
            throw TuneError(.missingInput, "datasets.json has no '\(key)'.")
        }
        return cases
    }

    static func file(_ name: String) -> String { "\(files)/\(name)" }

    /// A small dataset of the kinds that most tests need.
    static func small() throws -> Dataset {
        try Dataset([
            "x": .ints([1, 2, 3]), "s": .strings(["a", "b", "c"]),
            "l": .intLists([[1], [2], [3]]),
        ])
    }

    private static func fixtures() -> String { TuneTestSupport.fixtures(beside: #filePath) }
}

/// The description of the error that `body` throws, or nil when it throws none.
func failure(_ body: () throws -> some Any) -> String? {
    do {
        _ = try body()
        return nil
    } catch {
        return (error as? TuneError)?.message ?? "\(error)"
    }
}

extension JSONValue {
    var strings: [String] { (array ?? []).compactMap(\.string) }
    var ints: [Int] { (array ?? []).compactMap(\.int) }
}

/// Every row as it prints.
func printedRows(_ dataset: Dataset) throws -> [String] {
    try (0..<dataset.count).map { try dataset[$0].description }
}

/// A directory that is removed when the test ends.
final class TemporaryDirectory {
    let path = FileManager.default.temporaryDirectory
        .appendingPathComponent("datasets-\(UUID().uuidString)").path

    init() throws { try createDirectory(URL(fileURLWithPath: path)) }
    deinit { try? FileManager.default.removeItem(atPath: path) }
}
