import Foundation
import Testing
import TuneBase
import TuneTrainer

extension Trainings {
    @Suite struct InterruptionTests {
        /// Sends this process a signal at an event of a step.
        struct Sender: TrainerCallback {
            let signal: Int32
            let step: Int
            var duringEvaluation = false
            let readsCheckpoints = false

            func on(
                _ event: TrainerEvent, _ context: TrainerContext, _ control: inout TrainerControl
            ) {
                guard context.state.globalStep == step else { return }
                switch event {
                case .stepBegin where !duringEvaluation: send()
                case .predictionStep where duringEvaluation: send()
                default: break
                }
            }

            /// The thread of a test blocks signals, so another one takes it, in a moment.
            private func send() {
                kill(getpid(), signal)
                usleep(20_000)
            }
        }

        private func trainer(
            _ directory: String, _ callbacks: [any TrainerCallback] = []
        ) throws -> (Trainer, DropoutToy) {
            let args = TrainingArguments(
                directory, maxSteps: 6, perDeviceTrainBatchSize: 4, perDeviceEvalBatchSize: 2,
                useCPU: true, loggingSteps: 1, disableTqdm: true, evalStrategy: .steps,
                evalSteps: 3, saveSteps: 100)
            let model = DropoutToy()
            fillWeights(model)
            return (
                try Trainer(
                    model: model, args: args, trainDataset: toyData(24), evalDataset: toyData(9),
                    callbacks: callbacks, console: QuietConsole().console), model
            )
        }

        private func whole() throws -> Outcome {
            try withTemporaryDirectory { directory in
                let (trainer, model) = try trainer(directory)
                try trainer.train()
                return Outcome(model, trainer.logHistory)
            }
        }

        @Test(arguments: [SIGINT, SIGTERM, SIGUSR1])
        func aSignalSavesAndTheRunGoesOnAsIfThereHadBeenNone(_ signal: Int32) throws {
            let expected = try whole()
            try withTemporaryDirectory { directory in
                let (trainer, _) = try trainer(directory, [Sender(signal: signal, step: 1)])
                let error = #expect(throws: TuneError.self) { try trainer.train() }
                #expect(error?.code == .interrupted)
                #expect(trainer.state.globalStep == 2)
                let (resumed, model) = try self.trainer(directory)
                try resumed.train(resumeFromCheckpoint: true)
                #expect(Outcome(model, resumed.logHistory) == expected)
            }
        }

        @Test func anInterruptedEvaluationIsMadeAfterResuming() throws {
            let expected = try whole()
            try withTemporaryDirectory { directory in
                let sender = Sender(signal: SIGTERM, step: 3, duringEvaluation: true)
                let (trainer, _) = try trainer(directory, [sender])
                #expect(throws: TuneError.self) { try trainer.train() }
                #expect(trainer.state.globalStep == 3)
                #expect(trainer.logHistory.allSatisfy { $0["eval_loss"] == nil })
                let (resumed, model) = try self.trainer(directory)
                try resumed.train(resumeFromCheckpoint: true)
                #expect(Outcome(model, resumed.logHistory) == expected)
            }
        }

        @Test func aCheckpointCanBeAskedFor() throws {
            try withTemporaryDirectory { directory in
                let (trainer, _) = try trainer(directory, [Sender(signal: SIGUSR2, step: 3)])
                #expect(try trainer.train().globalStep == 6)
                #expect(FileManager.default.fileExists(atPath: directory + "/checkpoint-4"))
            }
        }
    }
}
