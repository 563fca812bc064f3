import Testing
import TuneBase
import TuneNN
import TuneTrainer

extension Trainings {
    @Suite struct AccumulationTests {
        private func losses(_ arguments: TrainingArguments, rows: Int) throws -> [Double] {
            let model = ToyClassifier()
            model.load(try #require(golden("runs")["weights"]?.object))
            let trainer = try Trainer(
                model: model, args: arguments, trainDataset: toyData(rows),
                console: QuietConsole().console)
            try trainer.train()
            return trainer.logHistory.compactMap { $0["loss"]?.double }
        }

        private func arguments(
            _ directory: String, batch: Int, accumulation: Int,
            scaling: GradientAccumulationScaling = .mean
        ) -> TrainingArguments {
            TrainingArguments(
                directory, numTrainEpochs: 2, perDeviceTrainBatchSize: batch,
                gradientAccumulationSteps: accumulation, gradientAccumulationScaling: scaling,
                learningRate: 0.01, useCPU: true, mode: .reference, loggingSteps: 1,
                disableTqdm: true, saveStrategy: .no)
        }

        /// 22 rows: the last update of an epoch has a full batch and one of 2 rows.
        @Test func accumulatedBatchesEqualOneLargeBatch() throws {
            try withTemporaryDirectory { directory in
                let large = try losses(arguments(directory, batch: 8, accumulation: 1), rows: 22)
                let small = try losses(arguments(directory, batch: 4, accumulation: 2), rows: 22)
                #expect(large.count == 6)
                #expect(small.count == 6)
                for (a, b) in zip(large, small) { #expect(abs(a - b) < 1e-5) }
            }
        }

        @Test func pythonScalingAddsTheLossesUp() throws {
            try withTemporaryDirectory { directory in
                let mean = try losses(arguments(directory, batch: 4, accumulation: 2), rows: 24)
                let sum = try losses(
                    arguments(directory, batch: 4, accumulation: 2, scaling: .python), rows: 24)
                #expect(abs(sum[0] - 2 * mean[0]) < 1e-5)
            }
        }
    }
}
