import Testing
import TuneBase
import TuneBatching
import TuneDatasets
import TuneNN
import TuneTestSupport
import TuneTorch
import TuneTrainer

extension Trainings {
    /// Outputs besides the scores, of widths that differ from batch to batch.
    @Suite struct OutputsOfSeveralKindsTests {
        /// Returns its padded input and a vector for each token too.
        private final class Talkative: ToyClassifier {
            override func forward(_ batch: TensorBatch) throws -> ModelOutput {
                var output = try super.forward(batch)
                guard let ids = batch["input_ids"] else { return output }
                output.others = [("ids", ids), ("states", embedding(ids))]
                return output
            }
        }

        private func data() throws -> Dataset {
            try Dataset([
                "input_ids": .intLists(RaggedInts([[1], [2, 3], [4, 5, 6], [7], [8, 9, 1, 2]])),
                "label": .ints([0, 1, 0, -100, 1]),
            ])
        }

        private func trainer(_ directory: String) throws -> Trainer {
            try Trainer(
                model: Talkative(),
                args: TrainingArguments(
                    directory, perDeviceEvalBatchSize: 2, useCPU: true, disableTqdm: true),
                dataCollator: ZeroPadding(), console: QuietConsole().console)
        }

        @Test func allOutputsAreJoinedAndFilledUp() throws {
            try withTemporaryDirectory { directory in
                let output = try trainer(directory).predict(data())
                #expect(output.outputs.map(\.shape) == [[5, 2], [5, 4], [5, 4, 6]])
                #expect(
                    output.outputs[1].ints == [
                        1, 0, -100, -100, 2, 3, -100, -100, 4, 5, 6, -100, 7, 0, 0, -100, 8, 9, 1,
                        2,
                    ])
                #expect(output.outputs[2].floats[12..<24].allSatisfy { $0 == -100 })
                #expect(output.labelIDs?.ints == [0, 1, 0, -100, 1])
            }
        }

        @Test func outputsCanBeLeftOut() throws {
            try withTemporaryDirectory { directory in
                let output = try trainer(directory).predict(data(), ignoreKeys: ["states"])
                #expect(output.outputs.count == 2)
            }
        }
    }
}
