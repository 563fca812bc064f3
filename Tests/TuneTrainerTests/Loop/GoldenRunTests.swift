import Foundation
import Testing
import TuneBase
import TuneMetrics
import TuneNN
import TuneTorch
import TuneTrainer

/// Whole trainings of a toy model against Python's Trainer on the same weights and data.
extension Trainings {
    @Suite struct GoldenRunTests {
        @Test(
            arguments: ["epochs", "steps", "best", "drop_last", "bfloat16"],
            ExecutionMode.allCases)
        func followsPython(name: String, mode: ExecutionMode) throws {
            let file = try golden("runs")
            let expected = try #require(file["runs"]?[name])
            let tolerance = try Tolerance(file, bfloat16: name == "bfloat16")
            try withTemporaryDirectory { directory in
                let run = try Run(file, expected, directory, mode)
                let result = try run.trainer.train()
                try run.trainer.saveState()
                let predicted = try run.trainer.predict(try dataset(file["test"]))

                #expect(result.globalStep == expected["global_step"]?.int)
                #expect(isClose(result.trainingLoss, expected["training_loss"], tolerance.loss))
                #expect(result.metrics.names == names(expected["metric_names"]))
                try compareState(directory, expected, tolerance)
                #expect(run.recorder.events == names(expected["events"]))
                #expect(checkpoints(directory) == names(expected["checkpoints"]))
                try compare(predicted, expected, tolerance)
                try compareWeights(run.model, expected, tolerance)
            }
        }

        private func compare(
            _ predicted: PredictionOutput, _ expected: JSONValue, _ tolerance: Tolerance
        ) throws {
            let scores = try #require(expected["predictions"]).flatNumbers
            #expect(predicted.predictions.shape == [18, 2])
            #expect(predicted.labelIDs?.shape == [18])
            for (a, b) in zip(predicted.predictions.floats, scores) {
                #expect(abs(Double(a) - b) < tolerance.weights * 10)
            }
            #expect(predicted.labelIDs?.ints.map(Double.init) == expected["label_ids"]?.flatNumbers)
            #expect(predicted.metrics.names == names(expected["predict_metric_names"]))
            for (key, value) in try #require(expected["predict_metrics"]?.object).members {
                let score = try #require(predicted.metrics[key])
                #expect(isClose(score, value, tolerance.loss * 10), "\(key)")
            }
        }

        private func compareWeights(
            _ model: ToyClassifier, _ expected: JSONValue, _ tolerance: Tolerance
        ) throws {
            let weights = try #require(expected["weights"]?.object)
            for (name, parameter) in model.namedParameters() {
                guard let values = weights[name]?.flatNumbers else { continue }
                for (a, b) in zip(parameter.floats(), values) {
                    #expect(abs(Double(a) - b) < tolerance.weights, "\(name)")
                }
            }
        }

        private func compareState(
            _ directory: String, _ expected: JSONValue, _ tolerance: Tolerance
        ) throws {
            let url = URL(fileURLWithPath: directory + "/trainer_state.json")
            let text = String(decoding: try readFile(url), as: UTF8.self)
            #expect(text.hasPrefix("{\n  \"best_global_step\": "))
            #expect(text.hasSuffix("\n}\n"))
            let state = try JSONValue(parsing: Data(text.utf8), source: "state")
            let wanted = try #require(expected["state"]?.object)
            #expect(state.object?.keys == wanted.keys)
            for (key, value) in wanted.members where key != "log_history" {
                #expect(
                    shortened(state[key]) == value || isClose(state[key], value, 1e-9), "\(key)")
            }
            try compareHistory(
                try #require(state["log_history"]?.array),
                try #require(wanted["log_history"]?.array), tolerance)
        }

        private func compareHistory(
            _ rows: [JSONValue], _ wanted: [JSONValue], _ tolerance: Tolerance
        ) throws {
            #expect(rows.count == wanted.count)
            for (row, wantedRow) in zip(rows, wanted) {
                let keys = try #require(row.object).keys.filter { !isTime($0) }
                #expect(keys.sorted() == wantedRow.object?.keys.sorted())
                for (key, value) in try #require(wantedRow.object).members {
                    let limit =
                        switch key {
                        case "grad_norm": tolerance.gradientNorm
                        case "learning_rate", "epoch", "step", "total_flos": 0.0
                        default: tolerance.loss
                        }
                    #expect(isClose(row[key], value, limit), "\(key) in \(wantedRow.serialized())")
                }
            }
        }
    }
}

/// A trainer set up as one of the golden runs.
private struct Run {
    let model = RowwiseToy()
    let recorder = EventRecorder()
    let trainer: Trainer

    init(
        _ file: JSONValue, _ expected: JSONValue, _ directory: String, _ mode: ExecutionMode
    ) throws {
        model.load(try #require(file["weights"]?.object))
        var args = TrainingArguments(directory, useCPU: true, mode: mode, disableTqdm: true)
        for (name, value) in try #require(expected["arguments"]?.object).members {
            try args.set(name, value, source: "runs.json")
        }
        args.gradientAccumulationScaling = .python
        trainer = try Trainer(
            model: model, args: args, trainDataset: dataset(expected["train"]),
            evalDataset: dataset(file["test"]), computeMetrics: accuracy, callbacks: [recorder],
            console: QuietConsole().console)
    }
}

private func accuracy(_ prediction: EvalPrediction) throws -> MetricResult {
    let (logits, labels) = prediction.unpacked
    let hits = zip(logits.argmax(axis: -1), labels.ints).filter { $0 == $1 }
    return ["accuracy": Double(hits.count) / Double(labels.count)]
}

private struct Tolerance {
    let loss, gradientNorm, weights: Double

    init(_ file: JSONValue, bfloat16: Bool) throws {
        let values = try #require(file["tolerance"])
        let half = try #require(values["bfloat16"]?.double)
        loss = bfloat16 ? half : try #require(values["loss"]?.double)
        gradientNorm = bfloat16 ? 5 * half : try #require(values["gradient_norm"]?.double)
        weights = bfloat16 ? half : try #require(values["weights"]?.double)
    }
}

private func isClose(_ value: Double, _ expected: JSONValue?, _ limit: Double) -> Bool {
    guard let expected = expected?.double else { return false }
    return abs(value - expected) <= limit
}

private func isClose(_ value: JSONValue?, _ expected: JSONValue, _ limit: Double) -> Bool {
    guard let value = value?.double else { return false }
    return isClose(value, expected, limit)
}

private func isTime(_ key: String) -> Bool {
    ["_runtime", "_per_second", "_preparation_time"].contains { key.hasSuffix($0) }
}

private func names(_ json: JSONValue?) -> [String]? { json?.array?.compactMap(\.string) }

/// A path without its directories; anything else as it is.
private func shortened(_ value: JSONValue?) -> JSONValue? {
    guard let path = value?.string else { return value }
    return .string(URL(fileURLWithPath: path).lastPathComponent)
}

private func checkpoints(_ directory: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    return names.filter { $0.hasPrefix("checkpoint-") || $0.hasPrefix(".") && $0 != ".run.json" }
        .sorted()
}
