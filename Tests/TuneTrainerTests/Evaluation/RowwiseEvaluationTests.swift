import Foundation
import Testing
import TuneBase
import TuneBatching
import TuneDatasets
import TuneMetrics
import TuneNN
import TuneTestSupport
import TuneTorch
import TuneTrainer

extension Trainings {
    /// Evaluation in groups of rows of similar length against evaluation batch by batch.
    @Suite struct RowwiseEvaluationTests {
        private func data(_ rows: Int, ignored: Set<Int> = []) throws -> Dataset {
            try Dataset(
                Columns([
                    "input_ids": .intLists(
                        RaggedInts(
                            (0..<rows).map { row in
                                (0...(row * 37 % 90)).map { ($0 * 7 + row) % 31 + 1 }
                            })),
                    "label": .ints((0..<rows).map { ignored.contains($0) ? -100 : $0 % 2 }),
                ]))
        }

        private func trainer(
            _ model: any TrainableModel, mode: ExecutionMode = .fast, batchSize: Int = 8,
            collator: any DataCollator = ZeroPadding(), recorder: EventRecorder = EventRecorder()
        ) throws -> Trainer {
            try Trainer(
                model: model,
                args: TrainingArguments(
                    "unused-output", perDeviceEvalBatchSize: batchSize, useCPU: true, mode: mode),
                dataCollator: collator,
                computeMetrics: { prediction in
                    let hits = zip(prediction.predictions.argmax(), prediction.labelIDs.ints)
                        .count { $0 == $1 }
                    return ["accuracy": Double(hits)]
                }, callbacks: [recorder], console: QuietConsole().console)
        }

        /// Fewer passes than batches, and the same scores, labels, metrics and events.
        @Test(arguments: [(1, 8), (5, 8), (100, 8), (101, 3), (100, 1)], [false, true])
        func resultsAreThoseOfBatchesInOrder(size: (rows: Int, batch: Int), ignores: Bool) throws {
            try withSharedRandomness {
                let data = try data(size.rows, ignored: ignores ? [2, 3, 4, 40] : [])
                let model = RowwiseToy()
                func predict(_ mode: ExecutionMode) throws -> (PredictionOutput, [String], [Int]) {
                    let recorder = EventRecorder()
                    let before = model.passes.count
                    let output = try trainer(
                        model, mode: mode, batchSize: size.batch, recorder: recorder
                    ).predict(data)
                    return (output, recorder.events, Array(model.passes[before...]))
                }
                let (plain, plainEvents, plainPasses) = try predict(.reference)
                let (grouped, events, passes) = try predict(.fast)
                #expect(grouped.labelIDs == plain.labelIDs)
                #expect(grouped.predictions.shape == plain.predictions.shape)
                for (a, b) in zip(grouped.predictions.floats, plain.predictions.floats) {
                    #expect(abs(a - b) < 1e-5)
                }
                #expect(grouped.metrics.names == plain.metrics.names)
                #expect(grouped.metrics["test_accuracy"] == plain.metrics["test_accuracy"])
                let loss = try #require(plain.metrics["test_loss"])
                #expect(abs((grouped.metrics["test_loss"] ?? .nan) - loss) < 1e-6)
                #expect(events == plainEvents)
                #expect(passes.reduce(0, +) == plainPasses.reduce(0, +))
                #expect(passes.count <= plainPasses.count)
                if size.rows == 100 { #expect(passes.count < plainPasses.count) }
            }
        }

        @Test func labelsAreOptional() throws {
            try withSharedRandomness {
                let data = try data(30).removeColumns(["label"])
                let model = RowwiseToy()
                let output = try trainer(model).predict(data)
                #expect(output.labelIDs == nil)
                #expect(output.metrics["test_loss"] == nil)
                let plain = try trainer(model, mode: .reference).predict(data)
                for (a, b) in zip(output.predictions.floats, plain.predictions.floats) {
                    #expect(abs(a - b) < 1e-5)
                }
            }
        }

        /// A batch without a label that counts has no loss in Python either.
        @Test func aBatchOfIgnoredLabelsHasNoLoss() throws {
            try withSharedRandomness {
                let data = try data(6, ignored: Set(0..<6))
                let loss = try trainer(RowwiseToy()).predict(data).metrics["test_loss"]
                #expect(loss?.isNaN == true)
            }
        }

        /// Where grouping could change the result, batches are evaluated one by one.
        @Test func otherwiseBatchesStayAsTheyAre() throws {
            final class OwnLoss: Trainer {
                override func computeLoss(
                    _ inputs: TensorBatch, numItemsInBatch: Int?
                ) throws -> ModelOutput {
                    var output = try super.computeLoss(inputs, numItemsInBatch: numItemsInBatch)
                    output.loss = Tensor(scalar: 7)
                    return output
                }
            }
            try withSharedRandomness {
                let data = try data(20)
                let args = TrainingArguments(
                    "unused-output", perDeviceEvalBatchSize: 4, useCPU: true)
                let model = RowwiseToy()
                let own = try OwnLoss(
                    model: model, args: args, dataCollator: ZeroPadding(),
                    console: QuietConsole().console)
                #expect(try own.predict(data).metrics["test_loss"] == 7)
                #expect(model.passes == [4, 4, 4, 4, 4])
                _ = try trainer(model, batchSize: 4, collator: ZeroPadding(isRowwise: false))
                    .predict(data)
                #expect(model.passes.suffix(5) == [4, 4, 4, 4, 4])
                _ = try trainer(model, batchSize: 4).predict(data)
                #expect(model.passes.count == 11)
            }
        }
    }
}
