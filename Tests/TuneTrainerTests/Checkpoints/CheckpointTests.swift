import Foundation
import Testing
import TuneBase
import TuneMetrics
import TuneNN
import TuneTorch
import TuneTrainer

extension Trainings {
    @Suite struct CheckpointTests {
        private func names(_ directory: String) throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: directory)
                .filter { ![".run.json", "metrics.jsonl"].contains($0) }.sorted()
        }

        @Test func aCheckpointHoldsModelStateAndArguments() throws {
            try withTemporaryDirectory { directory in
                let model = ToyClassifier()
                let trainer = try Trainer(
                    model: model,
                    args: TrainingArguments(
                        directory, maxSteps: 3, useCPU: true, disableTqdm: true, saveSteps: 2),
                    trainDataset: toyData(16), console: QuietConsole().console)
                try trainer.train()
                #expect(try names(directory) == ["checkpoint-2", "checkpoint-3"])
                let last = directory + "/checkpoint-3"
                #expect(
                    try names(last) == [
                        "config.json", "manifest.json", "model.safetensors", "optimizer.json",
                        "optimizer.safetensors", "progress.json", "rng_state.safetensors",
                        "scheduler.json", "trainer_state.json", "training_args.json",
                    ])
                let file = try SafetensorsFile(
                    contentsOf: URL(fileURLWithPath: last + "/model.safetensors"))
                #expect(
                    try file.tensor("classifier.weight").floats()
                        == model.classifier.weight.floats())
            }
        }

        /// Nor the newest two, so that one is left should the newest be damaged.
        @Test func oldCheckpointsAreDeletedButNotTheBest() throws {
            try withTemporaryDirectory { directory in
                nonisolated(unsafe) var scores = [0.1, 0.9, 0.2, 0.3][...]
                let trainer = try Trainer(
                    model: ToyClassifier(),
                    args: TrainingArguments(
                        directory, numTrainEpochs: 4, useCPU: true, disableTqdm: true,
                        evalStrategy: .epoch, saveStrategy: .epoch, saveTotalLimit: 1,
                        metricForBestModel: "score"),
                    trainDataset: toyData(8), evalDataset: toyData(8),
                    computeMetrics: { _ in ["score": scores.removeFirst()] },
                    console: QuietConsole().console)
                try trainer.train()
                #expect(try names(directory) == ["checkpoint-2", "checkpoint-3", "checkpoint-4"])
                #expect(trainer.state.bestModelCheckpoint == directory + "/checkpoint-2")
            }
        }

        @Test func theBestWeightsComeBack() throws {
            try withTemporaryDirectory { directory in
                nonisolated(unsafe) var scores = [0.9, 0.1][...]
                let model = ToyClassifier()
                let trainer = try Trainer(
                    model: model,
                    args: TrainingArguments(
                        directory, numTrainEpochs: 2, learningRate: 0.1, useCPU: true,
                        disableTqdm: true, evalStrategy: .epoch, saveStrategy: .best,
                        loadBestModelAtEnd: true, metricForBestModel: "score"),
                    trainDataset: toyData(8), evalDataset: toyData(8),
                    computeMetrics: { _ in ["score": scores.removeFirst()] },
                    console: QuietConsole().console)
                try trainer.train()
                #expect(try names(directory) == ["checkpoint-1"])
                let file = try SafetensorsFile(
                    contentsOf: URL(fileURLWithPath: directory + "/checkpoint-1/model.safetensors"))
                #expect(
                    try file.tensor("hidden.weight").floats() == model.hidden.weight.floats())
            }
        }

        @Test func anUnknownBestMetricListsTheMetrics() throws {
            try withTemporaryDirectory { directory in
                let trainer = try Trainer(
                    model: ToyClassifier(),
                    args: TrainingArguments(
                        directory, useCPU: true, disableTqdm: true, evalStrategy: .epoch,
                        saveStrategy: .no, metricForBestModel: "f2"),
                    trainDataset: toyData(8), evalDataset: toyData(8),
                    computeMetrics: { _ in ["f1": 1] }, console: QuietConsole().console)
                let error = #expect(throws: TuneError.self) { try trainer.train() }
                #expect(error?.remedy?.contains("'eval_f1'") == true)
            }
        }
    }
}
