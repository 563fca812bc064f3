import Foundation
import Testing
import TuneBase
import TuneMetrics
import TuneTrainer

extension Trainings {
    @Suite struct EarlyStoppingCallbackTests {
        /// Trains with a metric that takes the given values, one after each epoch.
        private func epochs(
            _ values: [Double], patience: Int, threshold: Double = 0
        ) throws -> (epochs: Double, state: TrainerState) {
            nonisolated(unsafe) var remaining = values[...]
            return try withTemporaryDirectory { directory in
                let trainer = try Trainer(
                    model: ToyClassifier(),
                    args: TrainingArguments(
                        directory, numTrainEpochs: Double(values.count), useCPU: true,
                        disableTqdm: true, evalStrategy: .epoch, saveStrategy: .epoch,
                        metricForBestModel: "score"),
                    trainDataset: toyData(8), evalDataset: toyData(8),
                    computeMetrics: { _ in ["score": remaining.removeFirst()] },
                    callbacks: [
                        EarlyStoppingCallback(
                            earlyStoppingPatience: patience, earlyStoppingThreshold: threshold)
                    ], console: QuietConsole().console)
                try trainer.train()
                return (trainer.state.epoch, trainer.state)
            }
        }

        @Test func stopsAfterSoManyEvaluationsWithoutImprovement() throws {
            let (epoch, state) = try epochs([0.5, 0.6, 0.6, 0.59, 0.9], patience: 2)
            #expect(epoch == 4)
            #expect(state.bestMetric == 0.6)
            #expect(state.bestGlobalStep == 2)
            let kept = state.json["stateful_callbacks"]?["EarlyStoppingCallback"]
            #expect(kept?["args"]?["early_stopping_patience"] == .int(2))
            #expect(kept?["attributes"]?["early_stopping_patience_counter"] == .int(2))
        }

        @Test func smallImprovementsDoNotCount() throws {
            #expect(try epochs([0.5, 0.505, 0.9], patience: 1, threshold: 0.1).epochs == 2)
            #expect(try epochs([0.5, 0.7, 0.9], patience: 1, threshold: 0.1).epochs == 3)
        }

        @Test func needsAMetricAndEvaluations() throws {
            try withTemporaryDirectory { directory in
                let trainer = try Trainer(
                    model: ToyClassifier(),
                    args: TrainingArguments(directory, useCPU: true, saveStrategy: .no),
                    trainDataset: toyData(8), callbacks: [EarlyStoppingCallback()],
                    console: QuietConsole().console)
                let error = #expect(throws: TuneError.self) { try trainer.train() }
                #expect(error?.remedy?.contains("metricForBestModel") == true)
            }
        }
    }
}
