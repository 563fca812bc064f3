import Foundation
import Testing
import TuneBase
import TuneDatasets
import TuneTestSupport
import TuneTrainer

/// A file of reference values made by `Tools/goldens/trainer.py` or `arguments.py`.
func golden(_ name: String) throws -> JSONValue {
    let file = URL(fileURLWithPath: fixtures() + "/\(name).json")
    return try JSONValue(parsing: readFile(file), source: file.path)
}

/// A dataset from columns of a fixture: lists of integers, or integers.
func dataset(_ json: JSONValue?) throws -> Dataset {
    var columns = Columns()
    for (name, value) in try #require(json?.object).members {
        let rows = try #require(value.array)
        columns[name] =
            rows.first?.int == nil
            ? .intLists(RaggedInts(rows.map { ($0.array ?? []).compactMap(\.int) }))
            : .ints(rows.compactMap(\.int))
    }
    return try Dataset(columns)
}

/// A small dataset for the toy model.
func toyData(_ rows: Int, label: String = "label", labels: [Int]? = nil) throws -> Dataset {
    var columns = Columns([
        "input_ids": .intLists(RaggedInts((0..<rows).map { [$0 % 31 + 1, ($0 * 7) % 31 + 1] })),
        "attention_mask": .intLists(RaggedInts((0..<rows).map { _ in [1, 1] })),
    ])
    columns[label] = .ints(labels ?? (0..<rows).map { ($0 / 3) % 2 })
    return try Dataset(columns)
}

/// A directory that is deleted at the end; `body` has the default random generator for itself.
@discardableResult
func withTemporaryDirectory<Result>(_ body: (String) throws -> Result) throws -> Result {
    let path = NSTemporaryDirectory() + "tune-trainer-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try withSharedRandomness { try body(path) }
}

/// A console whose text can be read.
struct QuietConsole {
    let output = BufferSink()
    let notices = BufferSink()
    var console: Console { Console(output: output, notices: notices) }
}

/// Suites that train; one after the other, as libtorch's threads are one set for the process.
@Suite(.serialized) enum Trainings {}
