import Foundation
import Testing
import TuneBase
import TuneNN
import TuneTorch
import TuneTrainer

extension Trainings {
    @Suite struct OutOfMemoryTests {
        /// A trainer on a device whose memory takes a number of rows at a time.
        final class SmallMemoryTrainer: Trainer {
            private let full = TorchError(
                operation: "linear", message: "no memory", isOutOfMemory: true)
            var rowsThatFit = Int.max
            private(set) var passes: [Int] = []

            override func computeLoss(
                _ inputs: TensorBatch, numItemsInBatch: Int?
            ) throws -> ModelOutput {
                let rows = inputs["input_ids"]?.shape.first ?? 0
                guard rows <= rowsThatFit else { throw full }
                passes.append(rows)
                return try super.computeLoss(inputs, numItemsInBatch: numItemsInBatch)
            }
        }

        private func train(
            _ directory: String, rowsThatFit: Int = .max, accumulation: Int = 1,
            scaling: GradientAccumulationScaling = .mean
        ) throws -> (outcome: [JSONObject], weights: [Float], passes: [Int]) {
            let args = TrainingArguments(
                directory, maxSteps: 5, perDeviceTrainBatchSize: 8,
                gradientAccumulationSteps: accumulation, gradientAccumulationScaling: scaling,
                useCPU: true, loggingSteps: 1, disableTqdm: true, saveStrategy: .no)
            let model = ToyClassifier()
            fillWeights(model)
            let trainer = try SmallMemoryTrainer(
                model: model, args: args, trainDataset: toyData(24),
                console: QuietConsole().console)
            trainer.rowsThatFit = rowsThatFit
            try trainer.train()
            let rows = trainer.logHistory.filter { $0["loss"] != nil }
            return (rows, model.classifier.weight.floats(), trainer.passes)
        }

        @Test(arguments: [GradientAccumulationScaling.mean, .python])
        func aBatchIsComputedInParts(_ scaling: GradientAccumulationScaling) throws {
            try withTemporaryDirectory { directory in
                let whole = try train(directory + "/a", accumulation: 2, scaling: scaling)
                let parts = try train(
                    directory + "/b", rowsThatFit: 3, accumulation: 2, scaling: scaling)
                #expect(parts.passes.allSatisfy { $0 == 2 })
                #expect(whole.outcome.count == 5)
                for (a, b) in zip(whole.outcome, parts.outcome) {
                    let (a, b) = (try #require(a["loss"]?.double), try #require(b["loss"]?.double))
                    #expect(abs(a - b) < 1e-6 * max(1, abs(a)))
                }
                let difference = zip(whole.weights, parts.weights).map { abs($0 - $1) }.max() ?? 1
                #expect(difference < 1e-5)
            }
        }

        @Test func singleRowsThatDoNotFitEndTheTraining() throws {
            try withTemporaryDirectory { directory in
                let error = #expect(throws: TuneError.self) {
                    try train(directory, rowsThatFit: 0)
                }
                #expect(error?.message.contains("Memory ran out at step 1") == true)
            }
        }
    }
}
