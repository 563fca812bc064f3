import Foundation
import Testing
import TuneBase
import TuneNN
import TuneOptim
import TuneTorch
import TuneTrainer

extension Trainings {
    @Suite struct ResumeTests {
        /// A training of 12 steps over 2 epochs, evaluated and logged in between.
        private func arguments(
            _ directory: String, _ change: (inout TrainingArguments) -> Void = { _ in }
        ) -> TrainingArguments {
            var args = TrainingArguments(
                directory, numTrainEpochs: 2, perDeviceTrainBatchSize: 4, useCPU: true,
                loggingSteps: 5, disableTqdm: true, evalStrategy: .steps, evalSteps: 4,
                saveSteps: 1)
            change(&args)
            return args
        }

        private func trainer(
            _ args: TrainingArguments, callbacks: [any TrainerCallback] = []
        ) throws -> (Trainer, DropoutToy) {
            let model = DropoutToy()
            fillWeights(model)
            return (
                try Trainer(
                    model: model, args: args, trainDataset: toyData(24), evalDataset: toyData(9),
                    callbacks: callbacks, console: QuietConsole().console), model
            )
        }

        private func whole(_ args: TrainingArguments) throws -> Outcome {
            let (trainer, model) = try trainer(args)
            try trainer.train()
            return Outcome(model, trainer.logHistory)
        }

        @Test(arguments: ["plain", "accumulation", "reference", "bf16", "sgd", "epochs"])
        func everyStepLeadsToTheSameEnd(_ kind: String) throws {
            let change: (inout TrainingArguments) -> Void = { args in
                switch kind {
                case "accumulation": args.gradientAccumulationSteps = 2
                case "reference": args.mode = .reference
                case "bf16": args.bf16 = true
                case "sgd": (args.optim, args.optimArgs) = (.sgd, "momentum=0.9")
                case "epochs": (args.evalStrategy, args.loggingStrategy) = (.epoch, .epoch)
                default: break
                }
            }
            try withTemporaryDirectory { directory in
                let expected = try whole(arguments(directory + "/whole", change))
                let names = try FileManager.default.contentsOfDirectory(
                    atPath: directory + "/whole"
                ).filter { $0.hasPrefix("checkpoint-") }
                #expect(names.count == (kind == "accumulation" ? 6 : 12))
                for name in names {
                    let (trainer, model) = try trainer(arguments(directory + "/resumed", change))
                    try trainer.train(
                        resumeFromCheckpoint: .checkpoint("\(directory)/whole/\(name)"))
                    #expect(Outcome(model, trainer.logHistory) == expected, "from \(name)")
                }
            }
        }

        @Test func theNewestValidCheckpointIsTaken() throws {
            try withTemporaryDirectory { directory in
                let expected = try whole(arguments(directory))
                for name in ["checkpoint-12", "checkpoint-11"] {
                    let file = "\(directory)/\(name)/optimizer.safetensors"
                    var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
                    bytes[bytes.count / 2] ^= 4
                    try bytes.write(to: URL(fileURLWithPath: file))
                }
                let (trainer, model) = try trainer(arguments(directory))
                let output = try trainer.train(resumeFromCheckpoint: true)
                #expect(output.globalStep == 12)
                #expect(Outcome(model, trainer.logHistory) == expected)
                let quarantined = try FileManager.default.contentsOfDirectory(
                    atPath: directory + "/quarantine")
                #expect(quarantined.sorted() == ["checkpoint-11", "checkpoint-12"])
            }
        }

        @Test func aRunOfTheFirstFormatGoesOn() throws {
            try withTemporaryDirectory { directory in
                let expected = try whole(arguments(directory))
                let names = try FileManager.default.contentsOfDirectory(atPath: directory)
                for name in names where name.hasPrefix("checkpoint-") {
                    try giveFirstManifest(
                        URL(fileURLWithPath: "\(directory)/\(name)"), LocalFileSystem())
                }
                // Something is left to do.
                for step in 8...12 {
                    try FileManager.default.removeItem(atPath: "\(directory)/checkpoint-\(step)")
                }
                let (trainer, model) = try trainer(arguments(directory))
                try trainer.train(resumeFromCheckpoint: true)
                #expect(Outcome(model, trainer.logHistory) == expected)
                let store = try CheckpointStore.open(URL(fileURLWithPath: directory))
                #expect(try store.newestValid().newest?.manifest.formatVersion == 2)
                #expect(try store.steps() == Array(1...12))
            }
        }

        @Test func withoutACheckpointThereIsNothingToGoOnFrom() throws {
            try withTemporaryDirectory { directory in
                let (trainer, _) = try trainer(arguments(directory))
                let error = #expect(throws: TuneError.self) {
                    try trainer.train(resumeFromCheckpoint: true)
                }
                #expect(error?.code == .missingInput)
                let (anew, model) = try self.trainer(arguments(directory))
                try anew.train(resumeFromCheckpoint: .newestIfAny)
                #expect(try Outcome(model, anew.logHistory) == whole(arguments(directory + "/b")))
            }
        }

        @Test func aRunWithOtherArgumentsIsNotContinuedByItself() throws {
            try withTemporaryDirectory { directory in
                _ = try whole(arguments(directory))
                var args = arguments(directory)
                args.learningRate = 1e-4
                let (trainer, _) = try trainer(args)
                let error = #expect(throws: TuneError.self) {
                    try trainer.train(resumeFromCheckpoint: .newestIfAny)
                }
                #expect(error?.message.contains("learning_rate (5e-05, now 0.0001)") == true)
                #expect(try self.trainer(args).0.train(resumeFromCheckpoint: true).globalStep == 12)
            }
        }

        @Test func aWrongNameLeavesTheRunAsItIs() throws {
            try withTemporaryDirectory { directory in
                _ = try whole(arguments(directory))
                let (trainer, _) = try trainer(arguments(directory))
                #expect(throws: TuneError.self) {
                    try trainer.train(resumeFromCheckpoint: "/nowhere/checkpoint-3")
                }
                let names = try FileManager.default.contentsOfDirectory(atPath: directory)
                #expect(names.filter { $0.hasPrefix("checkpoint-") }.count == 12)
                #expect(!names.contains("archive"))
            }
        }

        @Test func aNewRunSetsEarlierCheckpointsAside() throws {
            try withTemporaryDirectory { directory in
                _ = try whole(arguments(directory))
                _ = try whole(arguments(directory) { $0.maxSteps = 3 })
                let names = try FileManager.default.contentsOfDirectory(atPath: directory)
                #expect(names.filter { $0.hasPrefix("checkpoint-") }.count == 3)
                let archives = try FileManager.default.contentsOfDirectory(
                    atPath: directory + "/archive")
                #expect(archives.count == 1)
            }
        }

        @Test func trainingGoesOnLongerThanItWasPlanned() throws {
            try withTemporaryDirectory { directory in
                let short = arguments(directory) {
                    ($0.maxSteps, $0.lrSchedulerType, $0.evalStrategy) = (6, .constant, .no)
                }
                _ = try whole(short)
                var args = short
                args.maxSteps = 9
                let (trainer, model) = try trainer(args)
                #expect(try trainer.train(resumeFromCheckpoint: true).globalStep == 9)
                var anew = args
                anew.outputDir += "/anew"
                let (expected, expectedModel) = try self.trainer(anew)
                try expected.train()
                #expect(
                    model.classifier.weight.floats() == expectedModel.classifier.weight.floats())
            }
        }

        @Test func callbacksGoOnWithTheirCounts() throws {
            try withTemporaryDirectory { directory in
                let args = arguments(directory) {
                    ($0.metricForBestModel, $0.evalSteps, $0.greaterIsBetter) = ("loss", 1, true)
                }
                let callback = EarlyStoppingCallback(
                    earlyStoppingPatience: 3, earlyStoppingThreshold: 10)
                let (whole, _) = try trainer(args, callbacks: [callback])
                let end = try whole.train().globalStep
                #expect(end < 12)
                let (resumed, _) = try trainer(args, callbacks: [callback])
                #expect(
                    try resumed.train(
                        resumeFromCheckpoint: .checkpoint(directory + "/checkpoint-\(end - 1)")
                    ).globalStep == end)
                let (finished, _) = try trainer(args, callbacks: [callback])
                #expect(try finished.train(resumeFromCheckpoint: true).globalStep == end)
            }
        }
    }
}
