import Foundation
import Testing
import TuneAccelerator
import TuneBase
import TuneNN
import TuneTorch
import TuneTrainer

extension Trainings {
    @Suite struct LossScalingTests {
        private func train(
            _ directory: String, _ scaler: GradScaler?, mode: ExecutionMode,
            of model: ToyClassifier = DropoutToy()
        ) throws -> (Outcome, Trainer) {
            fillWeights(model)
            let trainer = try Trainer(
                model: model,
                args: TrainingArguments(
                    directory, maxSteps: 6, perDeviceTrainBatchSize: 4, useCPU: true, mode: mode,
                    loggingSteps: 1, disableTqdm: true, saveSteps: 4),
                trainDataset: toyData(24), console: QuietConsole().console)
            trainer.gradScaler = scaler
            try trainer.train()
            return (Outcome(model, trainer.logHistory), trainer)
        }

        /// A power of two changes no digit of a gradient.
        @Test(arguments: ExecutionMode.allCases)
        func scalingChangesNothing(_ mode: ExecutionMode) throws {
            try withTemporaryDirectory { directory in
                let plain = try train(directory + "/plain", nil, mode: mode).0
                let scaled = try train(
                    directory + "/scaled", GradScaler(initialScale: 1024), mode: mode
                ).0
                #expect(scaled == plain)
            }
        }

        @Test func anOverflowLeavesTheStepOutAndLowersTheScale() throws {
            try withTemporaryDirectory { directory in
                let scaler = try GradScaler(initialScale: 0x1p127)
                let model = ToyClassifier()
                model.spoiledLoss = 1000
                let trainer = try train(directory, scaler, mode: .reference, of: model).1
                #expect(trainer.state.globalStep == 6)
                #expect(scaler.scale < 0x1p127)
                let rates = trainer.logHistory.compactMap { $0["learning_rate"]?.double }
                #expect(rates[0] == rates[1])
                let file = directory + "/checkpoint-4/scaler.json"
                let saved = try JSONValue(contentsOf: .init(fileURLWithPath: file))
                #expect(saved["scale"]?.double != nil)
            }
        }
    }
}
