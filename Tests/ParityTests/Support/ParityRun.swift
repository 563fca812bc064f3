import FineTuneKit
import Foundation
import TuneTestSupport

/// The counterpart here of a training of Python's Trainer.
struct ParityRun {
    let golden: GoldenTraining
    let mode: ExecutionMode
    let directory: String

    /// What a user sees of a training.
    struct Outcome {
        let output: TrainOutput
        let notes: TrainingNotes
        let history: [JSONObject]
        let state: JSONValue
        let evaluation: MetricResult
        let prediction: PredictionOutput
        /// Names of files by directory.
        let files: [String: Set<String>]
    }

    /// Trains, evaluates, predicts and saves, in the order of the script.
    func outcome() throws -> Outcome {
        var (trainer, notes) = try makeTrainer()
        var output = try trainer.train()
        if let step = golden.resumedStep {
            (trainer, notes) = try makeTrainer()
            output = try trainer.train(
                resumeFromCheckpoint: .checkpoint("\(directory)/checkpoint-\(step)"))
        }
        let (history, events) = (trainer.logHistory, notes.snapshot)
        try trainer.saveModel()
        try trainer.saveState()
        let state = try JSONValue(
            contentsOf: URL(fileURLWithPath: directory + "/trainer_state.json"))
        let evaluation = try trainer.evaluate()
        try trainer.saveMetrics("eval", evaluation)
        let prediction = try trainer.predict(goldenData("validation"))
        return Outcome(
            output: output, notes: events, history: history, state: state,
            evaluation: evaluation, prediction: prediction, files: try files())
    }

    private func makeTrainer() throws -> (Trainer, TrainingNotes) {
        let (args, notes) = (try arguments(), TrainingNotes())
        let model = try model()
        let tokenizer = try AutoTokenizer.fromPretrained(modelPath)
        let validation = try goldenData("validation")
        let isSplit = golden.setup["evaluation_sets"] != nil
        let callbacks: [any TrainerCallback] = [notes] + earlyStopping()
        let trainer = try Trainer(
            model: model, args: args, trainDataset: goldenData("train"),
            evalDataset: isSplit ? nil : validation,
            evalDatasets: isSplit ? everyOther(validation) : [:],
            dataCollator: DataCollatorWithPadding(tokenizer), processingClass: tokenizer,
            computeMetrics: wholeMetrics(args),
            computeBatchMetrics: batchMetrics(args),
            callbacks: callbacks,
            console: Console(output: BufferSink(), notices: BufferSink()))
        return (trainer, notes)
    }

    private func arguments() throws -> TrainingArguments {
        var args = try TrainingArguments(json: .object(golden.arguments), source: "parity")
        args.outputDir = directory
        args.mode = mode
        args.gradientAccumulationScaling = .python
        args.disableTqdm = true
        args.progress = .none
        return args
    }

    private var modelPath: String { fixtures() + "/model" }

    private func model() throws -> any SequenceClassificationModel {
        try AutoModelForSequenceClassification.fromPretrained(modelPath) { options in
            guard let dropout = golden.setup["dropout"]?.double else { return }
            options.hiddenDropoutProb = dropout
            options.attentionProbsDropoutProb = dropout
        }
    }

    private var hasMetrics: Bool { golden.setup["metrics"]?.bool ?? true }

    private func wholeMetrics(
        _ args: TrainingArguments
    ) -> ((EvalPrediction) throws -> MetricResult)? {
        guard hasMetrics, !args.batchEvalMetrics else { return nil }
        return accuracy
    }

    private func batchMetrics(_ args: TrainingArguments) -> BatchMetricsFunction? {
        guard hasMetrics, args.batchEvalMetrics else { return nil }
        let counter = BatchAccuracy()
        return counter.add
    }

    private func everyOther(_ dataset: Dataset) throws -> DatasetDict {
        [
            "even": try dataset.select(stride(from: 0, to: dataset.count, by: 2)),
            "odd": try dataset.select(stride(from: 1, to: dataset.count, by: 2)),
        ]
    }

    private func earlyStopping() -> [any TrainerCallback] {
        guard let settings = golden.setup["early_stopping"] else { return [] }
        return [
            EarlyStoppingCallback(
                earlyStoppingPatience: settings["early_stopping_patience"]?.int ?? 1,
                earlyStoppingThreshold: settings["early_stopping_threshold"]?.double ?? 0)
        ]
    }

    private func files() throws -> [String: Set<String>] {
        var table: [String: Set<String>] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: directory) {
            let url = URL(fileURLWithPath: directory).appendingPathComponent(path)
            // Resuming sets checkpoints of later steps aside in `archive`.
            guard !url.hasDirectoryPath, !path.hasPrefix("archive/") else { continue }
            let folder = (path as NSString).deletingLastPathComponent
            table[folder.isEmpty ? "." : folder, default: []].insert(url.lastPathComponent)
        }
        return table
    }
}
