import Foundation
import Testing
import TuneBase
import TuneDatasets
import TuneMetrics
import TuneNN
import TuneTestSupport
import TuneTorch
import TuneTrainer

/// Trainings with policies beside the loop against Python's Trainer on the same weights and data,
/// made by `Tools/goldens/policies.py`.
extension Trainings {
    @Suite struct GoldenPolicyTests {
        @Test(
            arguments: [
                "smoothing", "grouped", "sequential", "loss_function", "tokens", "all_tokens",
                "stream", "noise", "several", "batchwise", "inputs", "apart", "classes",
                "bfloat16", "loss_only",
            ], ExecutionMode.allCases)
        func followsPython(name: String, mode: ExecutionMode) throws {
            let file = try golden("policies")
            let expected = try #require(file["runs"]?[name])
            let limit = name == "bfloat16" ? 2e-2 : 2e-5
            try withTemporaryDirectory { directory in
                let trainer = try trainer(name, mode, directory, file, expected)
                try trainer.train()
                let evaluated = try trainer.evaluate()
                let history = trainer.logHistory
                let wanted = try #require(expected["log_history"]?.array)
                #expect(history.count == wanted.count)
                for (row, wantedRow) in zip(history, wanted) {
                    try compare(row, try #require(wantedRow.object), limit)
                }
                #expect(history[0].keys == expected["row_names"]?.array?.mapAll(\.string))
                try compare(evaluated.asJSON, try #require(expected["evaluated"]?.object), limit)
                #expect(
                    trainer.state.numInputTokensSeen == expected["num_input_tokens_seen"]?.int)
                try comparePredictions(trainer, file, expected, limit)
            }
        }

        private func trainer(
            _ name: String, _ mode: ExecutionMode, _ directory: String, _ file: JSONValue,
            _ expected: JSONValue
        ) throws -> Trainer {
            let model = EmbeddedToy()
            model.load(try #require(file["weights"]?.object))
            var args = TrainingArguments(
                directory, perDeviceTrainBatchSize: 4, perDeviceEvalBatchSize: 5,
                learningRate: 0.01, useCPU: true, mode: mode, disableTqdm: true,
                saveStrategy: .no)
            for (name, value) in try #require(expected["arguments"]?.object).members {
                try args.set(name, value, source: "policies.json")
            }
            args.gradientAccumulationScaling = .python
            let (train, test) = (try dataset(file["train"]), try dataset(file["test"]))
            let training: any TrainingData = name == "stream" ? Lines(train) : train
            let (first, second) = (try test.select(0..<7), try test.select(7..<18))
            var parts = DatasetDict()
            if name == "several" { parts = ["first": first, "second": second] }
            var loss: LossFunction?
            if name == "loss_function" { loss = { try summedLoss($0, $1, $2) } }
            var batchwise: BatchMetricsFunction?
            if name == "batchwise" { batchwise = RunningAccuracy().add }
            var classes: LogitsFunction?
            if name == "classes" { classes = { logits, _ in logits.argmax() } }
            return try Trainer(
                model: model, args: args, trainDataset: training,
                evalDataset: name == "several" ? nil : test, evalDatasets: parts,
                dataCollator: ZeroPadding(), computeLossFunc: loss,
                computeMetrics: wholeMetrics(name), computeBatchMetrics: batchwise,
                preprocessLogitsForMetrics: classes, console: QuietConsole().console)
        }

        private func comparePredictions(
            _ trainer: Trainer, _ file: JSONValue, _ expected: JSONValue, _ limit: Double
        ) throws {
            guard !trainer.args.batchEvalMetrics || trainer.args.evalDoConcatBatches else { return }
            let output = try trainer.predict(try dataset(file["test"]))
            let wanted = expected["predictions"]?.flatNumbers ?? []
            #expect(output.predictions.count == wanted.count)
            for (a, b) in zip(output.predictions.floats, wanted) {
                #expect(abs(Double(a) - b) < 10 * limit)
            }
        }

        private func compare(_ row: JSONObject, _ wanted: JSONObject, _ limit: Double) throws {
            let times = ["_runtime", "_per_second", "_preparation_time"]
            let keys = row.keys.filter { key in !times.contains { key.hasSuffix($0) } }
            #expect(keys.sorted() == wanted.keys.sorted())
            for (key, value) in wanted.members {
                let (a, b) = (try #require(row[key]?.double), try #require(value.double))
                #expect(abs(a - b) <= max(limit, abs(b) * limit), "\(key) in \(wanted)")
            }
        }
    }
}

/// Each pass begins with another row.
private struct Lines: IterableDataset {
    let rows: Dataset

    init(_ rows: Dataset) { self.rows = rows }

    func makeRowIterator(epoch: Int) throws -> any RowIterator {
        var rows = try rows.toIterableDataset().makeRowIterator(epoch: epoch)
        try rows.skip(epoch)
        return rows
    }
}

private func wholeMetrics(_ name: String) -> MetricsFunction? {
    switch name {
    case "batchwise": nil
    case "inputs": inputMetrics
    case "apart": metricsOfBatches
    case "classes":
        { prediction in
            ["accuracy": accuracy(prediction.predictions.ints, prediction.labelIDs.ints)]
        }
    default:
        { prediction in
            ["accuracy": accuracy(prediction.predictions.argmax(), prediction.labelIDs.ints)]
        }
    }
}

private func accuracy(_ predictions: [Int], _ labels: [Int]) -> Double {
    Double(zip(predictions, labels).count { $0 == $1 }) / Double(labels.count)
}

private func inputMetrics(_ prediction: EvalPrediction) throws -> MetricResult {
    let inputs = try #require(prediction.inputs)
    let losses = try #require(prediction.losses)
    return [
        "inputs": Double(inputs.ints.reduce(0, +)), "width": Double(inputs.shape[1]),
        "losses": losses.reduce(0) { $0 + Double($1) }, "count": Double(losses.count),
    ]
}

private func metricsOfBatches(_ prediction: EvalPrediction) throws -> MetricResult {
    [
        "batches": Double(prediction.batches.count),
        "last": Double(try #require(prediction.batches.last).labelIDs.count),
        "sum": prediction.batches.reduce(0) { sum, batch in
            batch.predictions.floats.reduce(sum) { $0 + Double($1) }
        },
    ]
}

private func summedLoss(
    _ output: ModelOutput, _ labels: Tensor?, _ numItemsInBatch: Int?
) throws -> Tensor {
    let labels = try #require(labels)
    let loss = output.logits.crossEntropy(target: labels, reduction: .sum)
    return loss / Double(numItemsInBatch ?? labels.count)
}

/// Accuracy over batches.
private final class RunningAccuracy {
    private var (right, rows) = (0, 0)

    func add(_ batch: EvalPrediction, _ computeResult: Bool) throws -> MetricResult {
        right += zip(batch.predictions.argmax(), batch.labelIDs.ints).count { $0 == $1 }
        rows += batch.labelIDs.count
        guard computeResult else { return [:] }
        defer { (right, rows) = (0, 0) }
        return ["accuracy": Double(right) / Double(rows), "rows": Double(rows)]
    }
}
