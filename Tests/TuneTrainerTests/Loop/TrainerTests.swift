import Foundation
import Testing
import TuneBase
import TuneDatasets
import TuneMetrics
import TuneNN
import TuneOptim
import TuneTorch
import TuneTrainer

extension Trainings {
    @Suite struct TrainerTests {
        @Test func evaluationBeforeTrainingReportsEpochZeroAndPreparation() throws {
            try withTemporaryDirectory { _ in
                let trainer = try Trainer(
                    model: ToyClassifier(), args: TrainingArguments("unused-output", useCPU: true),
                    evalDataset: toyData(10), console: QuietConsole().console)
                let metrics = try trainer.evaluate()
                #expect(
                    metrics.names == [
                        "eval_loss", "eval_model_preparation_time", "eval_runtime",
                        "eval_samples_per_second", "eval_steps_per_second", "epoch",
                    ])
                #expect(metrics["epoch"] == 0)
                #expect(trainer.logHistory.first?["epoch"] == .int(0))
                #expect(trainer.logHistory.first?["step"] == .int(0))
            }
        }

        /// The mean over rows: the last batch of 2 rows counts less than the first of 8.
        @Test func evaluationLossIsTheMeanOverRows() throws {
            try withTemporaryDirectory { _ in
                let model = ToyClassifier()
                func loss(batch: Int) throws -> Double {
                    let args = TrainingArguments(
                        "unused-output", perDeviceEvalBatchSize: batch, useCPU: true)
                    let trainer = try Trainer(
                        model: model, args: args, evalDataset: toyData(10),
                        console: QuietConsole().console)
                    return try #require(trainer.evaluate()["eval_loss"])
                }
                let (short, whole) = (try loss(batch: 8), try loss(batch: 10))
                #expect(abs(short - whole) < 1e-6)
            }
        }

        @Test func predictionWorksWithoutLabels() throws {
            try withTemporaryDirectory { _ in
                let data = try toyData(5).removeColumns(["label"])
                let trainer = try Trainer(
                    model: ToyClassifier(), args: TrainingArguments("unused-output", useCPU: true),
                    computeMetrics: { _ in ["never": 1] }, console: QuietConsole().console)
                let output = try trainer.predict(data)
                #expect(output.predictions.shape == [5, 2])
                #expect(output.labelIDs == nil)
                #expect(output.metrics["test_loss"] == nil)
                #expect(output.metrics["test_never"] == nil)
                #expect(output.metrics["test_runtime"] != nil)
                #expect(trainer.logHistory.isEmpty)
            }
        }

        @Test func metricsKeepAPrefixTheyHave() throws {
            try withTemporaryDirectory { _ in
                let trainer = try Trainer(
                    model: ToyClassifier(), args: TrainingArguments("unused-output", useCPU: true),
                    evalDataset: toyData(5),
                    computeMetrics: { _ in ["eval_f1": 0.5, "accuracy": 1] },
                    console: QuietConsole().console)
                let metrics = try trainer.evaluate()
                #expect(metrics["eval_f1"] == 0.5)
                #expect(metrics["eval_accuracy"] == 1)
            }
        }

        @Test func callbacksCanStopTraining() throws {
            struct StopAfterTwo: TrainerCallback {
                func on(
                    _ event: TrainerEvent, _ context: TrainerContext,
                    _ control: inout TrainerControl
                ) {
                    guard case .stepEnd = event, context.state.globalStep == 2 else { return }
                    control.shouldTrainingStop = true
                }
            }
            try withTemporaryDirectory { directory in
                let trainer = try Trainer(
                    model: ToyClassifier(),
                    args: TrainingArguments(directory, useCPU: true, saveStrategy: .no),
                    trainDataset: toyData(40), callbacks: [StopAfterTwo()],
                    console: QuietConsole().console)
                let result = try trainer.train()
                #expect(result.globalStep == 2)
                #expect(abs((result.metrics["epoch"] ?? 0) - 0.4) < 1e-12)
            }
        }

        @Test func anOptimizerOfTheUsersIsUsed() throws {
            let model = ToyClassifier()
            let parameters = model.namedParameters().map { NamedParameter($0.name, $0.tensor) }
            let optimizer = AdamW(parameters, learningRate: 0)
            let before = model.classifier.weight.floats()
            try withTemporaryDirectory { directory in
                let trainer = try Trainer(
                    model: model,
                    args: TrainingArguments(directory, useCPU: true, saveStrategy: .no),
                    trainDataset: toyData(16), optimizers: (optimizer, nil),
                    console: QuietConsole().console)
                try trainer.train()
                #expect(trainer.optimizer === optimizer)
            }
            #expect(model.classifier.weight.floats() == before)
        }

        @Test func trainingTwiceStartsAgain() throws {
            try withTemporaryDirectory { directory in
                let trainer = try Trainer(
                    model: ToyClassifier(),
                    args: TrainingArguments(
                        directory, maxSteps: 2, learningRate: 0.01, useCPU: true, loggingSteps: 1,
                        disableTqdm: true, saveStrategy: .no),
                    trainDataset: toyData(16), console: QuietConsole().console)
                try trainer.train()
                let first = trainer.logHistory
                try trainer.train()
                #expect(trainer.state.globalStep == 2)
                #expect(
                    trainer.logHistory.map { $0["learning_rate"] }
                        == first.map { $0["learning_rate"] })
            }
        }

        @Test func logLinesAreWrittenAsPythonPrintsThem() throws {
            let quiet = QuietConsole()
            try withTemporaryDirectory { directory in
                try Trainer(
                    model: ToyClassifier(),
                    args: TrainingArguments(
                        directory, maxSteps: 2, useCPU: true, loggingSteps: 1, saveStrategy: .no),
                    trainDataset: toyData(16), console: quiet.console
                ).train()
            }
            let lines = quiet.output.text.split(separator: "\n")
            #expect(lines.count == 3)
            #expect(lines[0].hasPrefix("{'loss': '0."))
            #expect(lines[0].contains("'learning_rate': '5e-05', 'epoch': '0.5'}"))
            #expect(lines[2].hasPrefix("{'train_runtime': '"))
            #expect(!lines[2].contains("total_flos"))
            #expect(quiet.notices.text.isEmpty)
        }

        @Test func biasesAndNormalizationsAreNotDecayed() throws {
            try withTemporaryDirectory { directory in
                let trainer = try Trainer(
                    model: ToyClassifier(),
                    args: TrainingArguments(
                        directory, maxSteps: 1, weightDecay: 0.1, useCPU: true, saveStrategy: .no),
                    trainDataset: toyData(8), console: QuietConsole().console)
                try trainer.train()
                let groups = try #require(trainer.optimizer?.groups)
                #expect(
                    groups[0].parameters.map(\.name) == [
                        "embedding.weight", "hidden.weight", "classifier.weight",
                    ])
                #expect(
                    groups[1].parameters.map(\.name) == [
                        "hidden.bias", "norm.weight", "norm.bias", "classifier.bias",
                    ])
                #expect(groups.map(\.weightDecay) == [0.1, 0])
            }
        }
    }
}
