import Foundation
import Testing
import TuneBase
import TuneDatasets
import TuneNN
import TuneTorch
import TuneTrainer

extension Trainings {
    /// What is refused before the first step, or stops the training.
    @Suite struct TrainerChecksTests {
        private func failure(
            train: Dataset?, eval: Dataset? = nil, model: ToyClassifier = ToyClassifier(),
            _ change: (inout TrainingArguments) -> Void = { _ in }
        ) throws -> TuneError {
            try withTemporaryDirectory { directory in
                var args = TrainingArguments(
                    directory, learningRate: 0.01, useCPU: true, disableTqdm: true,
                    saveStrategy: .no)
                change(&args)
                let error = #expect(throws: TuneError.self) {
                    try Trainer(
                        model: model, args: args, trainDataset: train, evalDataset: eval,
                        console: QuietConsole().console
                    ).train()
                }
                return try #require(error)
            }
        }

        @Test func noTrainingData() throws {
            #expect(try failure(train: nil).message.contains("no training data"))
        }

        @Test func emptySplits() throws {
            let empty = try toyData(0)
            #expect(try failure(train: empty).message.contains("training dataset has no rows"))
            let error = try failure(train: toyData(8), eval: empty) { $0.evalStrategy = .epoch }
            #expect(error.message.contains("evaluation dataset has no rows"))
        }

        @Test func evaluationWithoutData() throws {
            let error = try failure(train: toyData(8)) { $0.evalStrategy = .epoch }
            #expect(error.remedy?.contains("evalDataset") == true)
        }

        @Test func recomputationNeedsAModelThatCan() throws {
            let error = try failure(train: toyData(8)) { $0.activationCheckpointing = true }
            #expect(error.code == .badConfig)
            #expect(error.message.contains("ToyClassifier keeps all activations"))
        }

        @Test func recomputationIsAskedOfTheModel() throws {
            final class Recomputing: ToyClassifier, CheckpointableModel {
                var layersPerCheckpoint: Int?
            }
            let model = Recomputing()
            try withTemporaryDirectory { directory in
                var args = TrainingArguments(
                    directory, learningRate: 0.01, useCPU: true, disableTqdm: true,
                    saveStrategy: .no)
                args.gradientCheckpointing = true
                args.gradientCheckpointingKwargs = ["every_n_layers": 3]
                try Trainer(
                    model: model, args: args, trainDataset: toyData(8),
                    console: QuietConsole().console
                ).train()
            }
            #expect(model.layersPerCheckpoint == 3)
        }

        @Test func missingLabelsSuggestTheNearestColumn() throws {
            let error = try failure(train: toyData(8, label: "labell")) {
                $0.removeUnusedColumns = false
            }
            #expect(error.message.contains("no labels"))
            #expect(error.remedy?.contains("'labell'") == true)
        }

        @Test func labelsOutOfRangeNameRowAndValue() throws {
            let labels = [0, 1, 0, 1, 0, 2, 0, 1]
            let error = try failure(train: toyData(8, labels: labels))
            #expect(error.message.contains("Row 5 of the training dataset has the label 2"))
            #expect(error.message.contains("2 classes"))
            let hidden = try failure(
                train: toyData(8), eval: toyData(4, labels: [-1, -1, -1, -1])
            ) { $0.evalStrategy = .epoch }
            #expect(hidden.message.contains("Row 0 of the evaluation dataset has the label -1"))
            #expect(hidden.remedy?.contains("another split") == true)
        }

        @Test func columnsWithoutAnyInput() throws {
            let data = try Dataset(Columns(["sentence1": .strings(["a"]), "idx": .ints([0])]))
            let error = try failure(train: data)
            #expect(error.message.contains("sentence1, idx"))
        }

        @Test func outputDirectoryThatIsAFile() throws {
            let path = NSTemporaryDirectory() + "tune-file-\(UUID().uuidString)"
            #expect(FileManager.default.createFile(atPath: path, contents: nil))
            defer { try? FileManager.default.removeItem(atPath: path) }
            let error = try failure(train: toyData(8)) { $0.outputDir = path }
            #expect(error.code == .cannotCreate)
            #expect(error.message.contains(path))
        }

        @Test(arguments: [Double.nan, .infinity])
        func aLossThatIsNotFiniteStopsBeforeTheUpdate(factor: Double) throws {
            let model = ToyClassifier()
            let before = model.classifier.weight.floats()
            model.spoiledLoss = factor
            let error = try failure(train: toyData(8), model: model)
            #expect(error.message.contains("loss became"))
            #expect(error.message.contains("step 1"))
            #expect(model.classifier.weight.floats() == before)
        }

        @Test func aFailingOperationIsAnErrorNotACrash() throws {
            let data = try Dataset(
                Columns([
                    "input_ids": .intLists([[1, 99]]), "attention_mask": .intLists([[1, 1]]),
                    "label": .ints([0]),
                ]))
            try withTemporaryDirectory { directory in
                let trainer = try Trainer(
                    model: ToyClassifier(),
                    args: TrainingArguments(directory, useCPU: true, disableTqdm: true),
                    trainDataset: data, console: QuietConsole().console)
                #expect(throws: TorchError.self) { try trainer.train() }
            }
        }

        @Test func float16NeedsAGPU() throws {
            let error = try failure(train: toyData(8)) { $0.fp16 = true }
            #expect(error.message.contains("fp16"))
        }
    }
}
