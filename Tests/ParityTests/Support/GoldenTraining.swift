import FineTuneKit
import Foundation
import Testing
import TuneTestSupport

/// A training of Python's Trainer, written down by `Tools/goldens/parity.py`.
struct GoldenTraining {
    /// Arguments by Python's names.
    let arguments: JSONObject
    /// What is set up besides: evaluation sets, callbacks, the checkpoint to go on from.
    let setup: JSONObject
    /// Everything that the training gave.
    let results: JSONValue

    init(_ name: String) throws {
        results = try readJSON("runs/\(name).json")
        arguments = try #require(results["arguments"]?.object)
        setup = try #require(results["setup"]?.object)
    }

    /// The names of all configurations.
    static let names: [String] = {
        let files = try? FileManager.default.contentsOfDirectory(atPath: fixtures() + "/runs")
        return (files ?? []).filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }
            .sorted()
    }()

    /// Whether products are rounded to bfloat16.
    var isHalfPrecision: Bool {
        ["bf16", "bf16_full_eval"].contains { arguments[$0]?.bool == true }
    }

    /// The step of the checkpoint that the training went on from.
    var resumedStep: Int? { setup["resume"]?.int }

    /// Whether a resumed training begins its epoch's data anew, which no other training does.
    private var beginsDataAnew: Bool { arguments["ignore_data_skip"]?.bool == true }

    /// The history; of a resumed training, that of the same one without interruption.
    var history: JSONValue? {
        beginsDataAnew ? results["history"] : (uninterrupted ?? results)["history"]
    }

    /// The mean loss; of a resumed training, that over all steps, before and after.
    var trainingLoss: Double? {
        guard beginsDataAnew else {
            return uninterrupted?["training_loss"]?.double
                ?? results["output"]?["training_loss"]?.double
        }
        let losses = (history?.array ?? []).compactMap { $0["loss"]?.double }
        return losses.reduce(0, +) / Double(losses.count)
    }

    private var uninterrupted: JSONValue? { results["uninterrupted"] }
}

/// A file of the fixtures.
func readJSON(_ name: String) throws -> JSONValue {
    let file = URL(fileURLWithPath: fixtures() + "/\(name)")
    return try JSONValue(parsing: readFile(file), source: file.path)
}

/// A split of the data that all trainings share.
func goldenData(_ split: String) throws -> Dataset {
    var columns = Columns()
    for (name, value) in try #require(readJSON("data.json")[split]?.object).members {
        let rows = try #require(value.array)
        columns[name] =
            rows.first?.int == nil
            ? .intLists(RaggedInts(rows.map { ($0.array ?? []).compactMap(\.int) }))
            : .ints(rows.compactMap(\.int))
    }
    return try Dataset(columns)
}
