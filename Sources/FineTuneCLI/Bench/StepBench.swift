import FineTuneKit
import Foundation

/// Trains for some steps and reports where the time went.
struct StepBench {
    private let configuration: Configuration
    private let warmUp: Int
    private let profiles: Bool

    /// Takes model, data and training arguments.
    init(_ configuration: Configuration, warmUp: Int, profiles: Bool) {
        (self.configuration, self.warmUp, self.profiles) = (configuration, warmUp, profiles)
    }

    /// Trains.
    ///
    /// - Throws: What a training throws.
    func callAsFunction() throws -> any BenchReport {
        let scratch = FileManager.default.temporaryDirectory
            .appendingPathComponent("finetune-bench-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: scratch) }
        var arguments = configuration.training
        arguments.outputDir = scratch.path
        (arguments.saveStrategy, arguments.evalStrategy) = (.no, .no)
        arguments.loggingStrategy = .no
        arguments.disableTqdm = true

        setSeed(arguments.seed)
        let path = try requiredModel(configuration.data)
        try TrainingMemory(checkpoint: path).prepare(for: arguments)
        let task = try ClassificationTask(configuration.data)
        let loaded = try LoadedModel(benchModel(path, task), AutoTokenizer.fromPretrained(path))
        let trainer = try MeasuredTrainer(
            model: loaded.model, args: arguments,
            trainDataset: task.tokenized(with: loaded).train,
            dataCollator: DataCollatorWithPadding(loaded.tokenizer),
            processingClass: loaded.tokenizer,
            console: Console(output: BufferSink(), notices: BufferSink()))
        trainer.startMeasuring(profiledAfter: profiles ? warmUp : nil)
        try trainer.train()
        return try report(trainer, LinearWork(loaded.model))
    }

    private func report(_ trainer: MeasuredTrainer, _ work: LinearWork) throws -> any BenchReport {
        guard let statistics = StepStatistics(trainer.measuredSteps, warmUp: warmUp, work: work)
        else {
            throw TuneError(.failed, "No step was left to measure.", remedy: "Raise --steps.")
        }
        if let profile = trainer.profile {
            return ProfileReport(profile: profile, steps: statistics.steps)
        }
        return StepReport(statistics: statistics, peakMemory: peakMemory())
    }

    private func benchModel(
        _ path: String, _ task: ClassificationTask
    ) throws -> any SequenceClassificationModel {
        try AutoModelForSequenceClassification.fromPretrained(
            path, numLabels: task.labels.outputs
        ) {
            // What the head predicts does not matter here.
            $0.ignoreMismatchedSizes = true
        }
    }
}

/// Rates of training steps.
struct StepReport: BenchReport {
    let statistics: StepStatistics
    let peakMemory: Int

    var text: String {
        var table = TextTable("medians of \(statistics.steps) steps", "")
        table.add("optimizer steps/s", fixed(statistics.stepsPerSecond, 3))
        table.add("milliseconds per step", fixed(1e3 / statistics.stepsPerSecond, 2))
        table.add("tokens per step, without padding", fixed(statistics.tokensPerStep, 0))
        table.add("tokens/s", fixed(statistics.tokensPerSecond, 0))
        table.add("GFLOP/s of linear layers", fixed(statistics.operationsPerSecond * 1e-9, 1))
        table.add("waiting for data, ms per step", fixed(statistics.dataWait * 1e3, 2))
        table.add("peak memory, MB", fixed(Double(peakMemory) * 1e-6, 0))
        return table.text
    }

    var json: JSONObject {
        JSONObject([
            ("steps", .int(statistics.steps)),
            ("steps_per_second", .double(statistics.stepsPerSecond)),
            ("tokens_per_step", .double(statistics.tokensPerStep)),
            ("tokens_per_second", .double(statistics.tokensPerSecond)),
            ("gflops", .double(statistics.operationsPerSecond * 1e-9)),
            ("data_wait_seconds", .double(statistics.dataWait)),
            ("peak_memory_bytes", .int(peakMemory)),
        ])
    }
}
