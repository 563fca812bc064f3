import Testing
import TuneBase
import TuneBatching
import TuneDatasets
import TuneTorch
import TuneTrainer

extension Trainings {
    @Suite struct MeasuredTrainerTests {
        private struct Padding: DataCollator {
            func callAsFunction(_ features: Columns) throws -> HostBatch {
                let ids = try features.intLists("input_ids")
                let width = ids.map(\.count).max() ?? 0
                var batch = HostBatch()
                batch["input_ids"] = HostTensor(
                    ids.flatMap { $0 + Array(repeating: 0, count: width - $0.count) },
                    shape: [ids.count, width])
                batch["attention_mask"] = HostTensor(
                    ids.flatMap { row in (0..<width).map { $0 < row.count ? 1 : 0 } },
                    shape: [ids.count, width])
                batch["labels"] = HostTensor(try features.ints("label"))
                return batch
            }
        }

        private func trainer(
            _ path: String, accumulation: Int = 1, steps: Int = 4
        ) throws -> MeasuredTrainer {
            let rows = (0..<8).map { Array(repeating: 3, count: $0 + 1) }
            let data = try Dataset(
                Columns([
                    "input_ids": .intLists(RaggedInts(rows)),
                    "label": .ints((0..<8).map { $0 % 2 }),
                ]))
            return try MeasuredTrainer(
                model: ToyClassifier(),
                args: TrainingArguments(
                    path, maxSteps: steps, perDeviceTrainBatchSize: 2,
                    gradientAccumulationSteps: accumulation, useCPU: true, disableTqdm: true,
                    saveStrategy: .no),
                trainDataset: data, dataCollator: Padding(),
                console: QuietConsole().console)
        }

        @Test func stepsHaveTimesAndTokens() throws {
            try withTemporaryDirectory { path in
                let trainer = try trainer(path)
                var heard: [StepMeasurement] = []
                trainer.startMeasuring { heard.append($0) }
                try trainer.train()
                let steps = trainer.measuredSteps
                #expect(heard == steps)
                #expect(steps.map(\.step) == [1, 2, 3, 4])
                #expect(steps.map(\.rows) == [2, 2, 2, 2])
                // One epoch: each row of 1 to 8 tokens once, padding not counted.
                #expect(steps.map(\.tokens).reduce(0, +) == 36)
                #expect(zip(steps, steps.dropFirst()).allSatisfy { $0.time < $1.time })
                #expect(steps.allSatisfy { $0.seconds > 0 && $0.dataWait >= 0 })
                #expect(steps.allSatisfy { $0.dataWait <= $0.seconds })
                #expect(trainer.profile == nil)
            }
        }

        @Test func batchesOfAnUpdateAddUp() throws {
            try withTemporaryDirectory { path in
                let trainer = try trainer(path, accumulation: 4, steps: 1)
                trainer.startMeasuring()
                try trainer.train()
                #expect(trainer.measuredSteps.map(\.rows) == [8])
                #expect(trainer.measuredSteps.map(\.tokens) == [36])
            }
        }

        @Test func profileHasThePhasesOfAStep() throws {
            try withTemporaryDirectory { path in
                let trainer = try trainer(path)
                trainer.startMeasuring(profiledAfter: 2)
                try trainer.train()
                let profile = try #require(trainer.profile)
                #expect(
                    Set(profile.phases.map(\.name)) == [
                        "data", "forward", "loss, clipping", "backward", "optimizer",
                    ])
                let tanh = profile.operations.first { $0.name == "tanh" }
                #expect(tanh?.phase == "forward")
                #expect(tanh?.calls == 2)
                // What is recorded is the time of the two steps, neither more nor less.
                let recorded = profile.phases.map(\.seconds).reduce(0, +)
                let measured = trainer.measuredSteps.dropFirst(2).map(\.seconds).reduce(0, +)
                #expect(abs(recorded - measured) < 0.2 * measured + 0.01)
            }
        }
    }
}
