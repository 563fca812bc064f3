import FineTuneKit
import Foundation
import Testing

/// Compares a training with Python's, in everything a user sees of it.
struct Comparison {
    let golden: GoldenTraining
    var closeness: Closeness

    init(_ golden: GoldenTraining) {
        self.golden = golden
        closeness = Closeness(isHalfPrecision: golden.isHalfPrecision)
    }

    mutating func compare(_ outcome: ParityRun.Outcome) throws {
        try compareHistory(outcome.history)
        try compareOutput(outcome.output)
        #expect(outcome.notes.events == golden.results["events"]?.string)
        try compareLearningRates(outcome.notes.learningRates)
        try compareState(outcome.state)
        try compareMetrics(outcome.evaluation, golden.results["evaluation"])
        try comparePrediction(outcome.prediction)
        try compareFiles(outcome)
    }

    private mutating func compareHistory(_ rows: [JSONObject]) throws {
        let wanted = try #require(golden.history?.array)
        #expect(rows.count == wanted.count)
        for (row, expected) in zip(rows, wanted) {
            let expected = try #require(expected.object)
            let keys = row.keys.filter { !isTime($0) }
            // Rows that were read from a checkpoint have their keys in alphabetical order.
            #expect(
                golden.resumedStep == nil ? keys == expected.keys : Set(keys) == Set(expected.keys))
            for (key, value) in expected.members {
                let number = key == "train_loss" ? golden.trainingLoss : value.double
                expectClose(row[key]?.double, number, key, "step \(expected["step"]?.int ?? 0)")
            }
        }
    }

    private mutating func compareOutput(_ output: TrainOutput) throws {
        let expected = try #require(golden.results["output"])
        #expect(output.globalStep == expected["global_step"]?.int)
        expectClose(output.trainingLoss, golden.trainingLoss, "loss", "output")
        #expect(output.metrics.names == names(expected["metric_names"]))
        for (key, value) in try #require(expected["metrics"]?.object).members
        where key != "train_loss" {
            expectClose(output.metrics[key], value.double, key, "output")
        }
    }

    private mutating func compareLearningRates(_ rates: [Double]) throws {
        let expected = try #require(golden.results["learning_rates"]?.array).map(\.double)
        #expect(rates.count == expected.count)
        for (index, (rate, wanted)) in zip(rates, expected).enumerated() {
            expectClose(rate, wanted, "learning_rate", "update \(index + 1)")
        }
    }

    /// The fields of `trainer_state.json` besides the history.
    private mutating func compareState(_ state: JSONValue) throws {
        let wanted = try #require(golden.results["state"]?.object)
        #expect(state.object?.keys.filter { $0 != "log_history" } == wanted.keys)
        for (key, expected) in wanted.members {
            switch key {
            case "best_metric":
                let kind = golden.arguments["metric_for_best_model"]?.string ?? "loss"
                guard !expected.isNull else { fallthrough }
                expectClose(state[key]?.double, expected.double, kind, "state")
            case "best_model_checkpoint":
                let path = state[key]?.string.map { URL(fileURLWithPath: $0).lastPathComponent }
                #expect(path == expected.string)
            default: #expect(state[key] == expected, "\(key)")
            }
        }
    }

    private mutating func compareMetrics(_ metrics: MetricResult, _ expected: JSONValue?) throws {
        #expect(metrics.names == names(expected?["metric_names"]))
        for (key, value) in try #require(expected?["metrics"]?.object).members {
            expectClose(metrics[key], value.double, key, "metrics")
        }
    }

    private mutating func comparePrediction(_ prediction: PredictionOutput) throws {
        let expected = golden.results["prediction"]
        try compareMetrics(prediction.metrics, expected)
        guard let scores = expected?["scores"], !scores.isNull else { return }
        let (values, shape) = (prediction.predictions.floats, prediction.predictions.shape)
        #expect(shape == scores["shape"]?.array?.compactMap(\.int))
        let first = scores["first_rows"]?.array?.flatMap { $0.array ?? [] } ?? []
        for (value, wanted) in zip(values, first) {
            expectClose(Double(value), wanted.double, "score", "prediction")
        }
        for (column, sum) in (scores["sums"]?.array ?? []).enumerated() {
            let column = stride(from: column, to: values.count, by: shape[1])
            let mean = column.map { Double(values[$0]) }.reduce(0, +) / Double(shape[0])
            expectClose(mean, sum.double.map { $0 / Double(shape[0]) }, "score", "prediction")
        }
    }

    /// Names of files; of checkpoints, the two newest stay even where Python deletes one of them.
    private func compareFiles(_ outcome: ParityRun.Outcome) throws {
        let wanted = try #require(golden.results["files"]?.object)
        let newest = outcome.notes.savedSteps.suffix(2).map { "checkpoint-\($0)" }
        let folders = Set(wanted.keys + newest)
        #expect(Set(outcome.files.keys) == folders)
        let example = wanted.members.first { $0.key != "." }?.value
        for (folder, files) in outcome.files {
            let expected = try #require((wanted[folder] ?? example)?.array).compactMap(\.string)
            #expect(files == expectedNames(expected, in: folder), "\(folder)")
        }
    }

    private mutating func expectClose(
        _ value: Double?, _ expected: Double?, _ key: String, _ place: String
    ) {
        let isClose = closeness.allows(value, expected, key)
        #expect(isClose, "\(key), \(place): \(text(value)), Python \(text(expected))")
    }
}

private func text(_ number: Double?) -> String { number.map { "\($0)" } ?? "nothing" }

private func isTime(_ key: String) -> Bool {
    ["_runtime", "_per_second", "_preparation_time"].contains { key.hasSuffix($0) }
}

private func names(_ json: JSONValue?) -> [String]? { json?.array?.compactMap(\.string) }
