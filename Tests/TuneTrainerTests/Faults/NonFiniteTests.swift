import Foundation
import Testing
import TuneBase
import TuneNN
import TuneTorch
import TuneTrainer

extension Trainings {
    @Suite struct NonFiniteTests {
        /// Makes a number in a tensor of the model something else when a step has ended.
        struct Spoiler: TrainerCallback {
            let step: Int
            let parameter: String
            let value: Float

            func on(
                _ event: TrainerEvent, _ context: TrainerContext, _ control: inout TrainerControl
            ) {
                guard case .stepEnd = event, context.state.globalStep == step else { return }
                let parameters = context.model.namedParameters()
                guard let tensor = parameters.first(where: { $0.name == parameter })?.tensor else {
                    return
                }
                withoutGradients {
                    var values = tensor.floats()
                    values[values.count / 2] = value
                    _ = tensor.copy_(Tensor(values, tensor.shape))
                }
            }
        }

        /// A loss that is not finite in one step, by the number of losses computed so far.
        final class FlickeringTrainer: Trainer {
            var badPasses: Set<Int> = []
            private var passes = 0

            override func computeLoss(
                _ inputs: TensorBatch, numItemsInBatch: Int?
            ) throws -> ModelOutput {
                var output = try super.computeLoss(inputs, numItemsInBatch: numItemsInBatch)
                guard model.isTraining else { return output }
                passes += 1
                if badPasses.contains(passes) { output.loss = output.loss.map { $0 * .nan } }
                return output
            }
        }

        private func arguments(_ directory: String) -> TrainingArguments {
            TrainingArguments(
                directory, maxSteps: 6, perDeviceTrainBatchSize: 4, useCPU: true, loggingSteps: 1,
                disableTqdm: true, saveSteps: 1)
        }

        @Test(arguments: [Float.nan, .infinity])
        func theParameterIsNamedAndNothingBadIsSaved(_ value: Float) throws {
            let names = ToyClassifier().namedParameters().map(\.name)
            for name in names {
                try withTemporaryDirectory { directory in
                    let trainer = try Trainer(
                        model: ToyClassifier(), args: arguments(directory),
                        trainDataset: toyData(24),
                        callbacks: [Spoiler(step: 3, parameter: name, value: value)],
                        console: QuietConsole().console)
                    let error = #expect(throws: TuneError.self) { try trainer.train() }
                    #expect(error?.message.contains("'\(name)'") == true, "\(name)")
                    #expect(trainer.state.globalStep <= 4)
                    for row in trainer.logHistory {
                        #expect(row["loss"]?.double?.isFinite == true && row["loss"] != .double(0))
                    }
                    let kept = try FileManager.default.contentsOfDirectory(atPath: directory)
                    #expect(
                        kept.filter { $0.hasPrefix("checkpoint") }.sorted().last == "checkpoint-2")
                }
            }
        }

        @Test func aStepCanBeSkipped() throws {
            try withTemporaryDirectory { directory in
                var args = arguments(directory)
                args.nonFinitePolicy = .skip
                let trainer = try FlickeringTrainer(
                    model: ToyClassifier(), args: args, trainDataset: toyData(24),
                    console: QuietConsole().console)
                trainer.badPasses = [3]
                #expect(try trainer.train().globalStep == 6)
                let losses = trainer.logHistory.compactMap { $0["loss"]?.double }
                #expect(losses.count == 6)
                #expect(losses[2].isNaN)
                #expect(losses.indices.allSatisfy { $0 == 2 || losses[$0].isFinite })
            }
        }

        @Test func tooManySkippedStepsEndTheTraining() throws {
            try withTemporaryDirectory { directory in
                var args = arguments(directory)
                (args.nonFinitePolicy, args.nonFiniteLimit) = (.skip, 2)
                let trainer = try FlickeringTrainer(
                    model: ToyClassifier(), args: args, trainDataset: toyData(24),
                    console: QuietConsole().console)
                trainer.badPasses = [2, 3, 4]
                #expect(throws: TuneError.self) { try trainer.train() }
                #expect(trainer.state.globalStep == 3)
            }
        }

        /// The result is that of a run that leaves out the step whose batch is bad.
        @Test func trainingGoesBackToACheckpoint() throws {
            func train(_ directory: String, _ policy: NonFinitePolicy) throws -> [Float] {
                var args = arguments(directory)
                (args.nonFinitePolicy, args.saveSteps) = (policy, 2)
                let model = ToyClassifier()
                fillWeights(model)
                let trainer = try FlickeringTrainer(
                    model: model, args: args, trainDataset: toyData(24),
                    console: QuietConsole().console)
                trainer.badPasses = [4]
                #expect(try trainer.train().globalStep == 6)
                return model.classifier.weight.floats()
            }
            try withTemporaryDirectory { directory in
                let rolledBack = try train(directory + "/a", .rollback)
                #expect(try rolledBack == train(directory + "/b", .skip))
            }
        }

        @Test func withoutACheckpointThereIsNoWayBack() throws {
            try withTemporaryDirectory { directory in
                var args = arguments(directory)
                (args.nonFinitePolicy, args.saveSteps) = (.rollback, 5)
                let trainer = try FlickeringTrainer(
                    model: ToyClassifier(), args: args, trainDataset: toyData(24),
                    console: QuietConsole().console)
                trainer.badPasses = [2]
                let error = #expect(throws: TuneError.self) { try trainer.train() }
                #expect(error?.message.contains("loss became nan at step 2") == true)
                #expect(error?.message.contains("Rows of the training data: ") == true)
            }
        }
    }
}
