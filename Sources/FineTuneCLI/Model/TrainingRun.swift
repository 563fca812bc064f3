import FineTuneKit
import Foundation

/// What `finetune train` does, step by step.
struct TrainingRun {
    private let settings: DataSettings
    private let arguments: TrainingArguments
    private let modelPath: String
    private let tokenizer: PreTrainedTokenizer
    private let output: URL
    private let stepTimes: StepTimesFile?
    private let source: ResumeSource
    /// Whether nobody said how often to log.
    private let choosesCadence: Bool

    /// Checks everything that can be checked before data is read.
    ///
    /// - Parameters:
    ///   - configuration: What to do.
    ///   - stepTimes: Where the time of each step is written; nil for nowhere.
    ///   - isFresh: Whether a run in the output directory is not gone on with.
    /// - Throws: `TuneError` for contradicting arguments, a missing model, and an output directory
    ///   that cannot be written to.
    init(_ configuration: Configuration, stepTimes: String? = nil, isFresh: Bool = false) throws {
        settings = configuration.data
        arguments = configuration.training
        choosesCadence = LogCadence.isOpen(configuration)
        RunConsole.adaptNotices(to: arguments.progress)
        try configuration.validate()
        modelPath = try requiredModel(settings)
        output = URL(fileURLWithPath: expandingTilde(arguments.outputDir))
        try checkWritable(output)
        source = try ResumeSource(arguments, isFresh: isFresh)
        self.stepTimes = try stepTimes.map { try StepTimesFile($0) }
        tokenizer = try AutoTokenizer.fromPretrained(modelPath)
    }

    /// Trains, saves, and evaluates.
    func callAsFunction() throws {
        try TrainingMemory(checkpoint: modelPath).prepare(for: arguments)
        setSeed(arguments.seed)
        let task = try ClassificationTask(settings)
        try checkValidation(task)
        task.explain()
        let loaded = try load(task)
        let data = try task.tokenized(with: loaded)
        let arguments =
            choosesCadence
            ? try LogCadence.applied(to: arguments, rows: data.train.count) : arguments
        // Log rows are progress; only the final metrics are results.
        let streams = Console(output: StreamSink.standardError, notices: StreamSink.standardError)
        let trainer = try MeasuredTrainer(
            model: loaded.model, args: arguments, trainDataset: data.train,
            evalDataset: data.validation,
            dataCollator: DataCollatorWithPadding(loaded.tokenizer),
            processingClass: loaded.tokenizer, computeMetrics: task.metrics.callAsFunction,
            callbacks: choosesCadence ? [LogCadence.Callback()] : [],
            uploader: HubUploader(), console: streams)
        let facts = DataFacts(
            settings, train: data.train, validation: data.validation, limit: data.limit)
        let display = RunConsole(
            arguments,
            details: RunDetails(
                title: "finetune train", model: [URL(fileURLWithPath: modelPath).lastPathComponent],
                data: facts.texts))
        display.attach(to: trainer)
        if let stepTimes { trainer.startMeasuring(stepTimes.write) }
        try SavedTask(output).check(settings, task, before: source)
        try saveSettings(task, arguments)
        try finish(trainer, trainer.train(resumeFromCheckpoint: source), task)
        try describe(trainer, task)
        display.summarize(files + [("hub", trainer.pushReport.facts)])
        suggestNextCommands(task)
        try requireUpload(trainer.pushReport)
    }

    /// Ends with an error where the model is here but not on the Hub.
    private func requireUpload(_ report: PushReport) throws {
        guard let problem = report.problem else { return }
        throw TuneError(
            .unavailable, "The training is complete, but its upload failed: \(problem)",
            remedy: "Then run: "
                + shellCommand(
                    ["finetune", "push", arguments.outputDir]
                        + (report.repository.map { ["--repo", $0] } ?? [])))
    }

    /// Refuses evaluations during training without data for them.
    private func checkValidation(_ task: ClassificationTask) throws {
        guard !task.hasValidation, arguments.evalStrategy != .no || arguments.evalOnStart else {
            return
        }
        throw TuneError(
            .missingInput, "There is no split 'validation' to evaluate on during training.",
            remedy:
                "Name a file with --validation-file, or leave --eval-strategy and --eval-on-start out."
        )
    }

    /// Saves model and results, and evaluates on the validation split.
    private func finish(
        _ trainer: Trainer, _ result: TrainOutput, _ task: ClassificationTask
    ) throws {
        try trainer.saveModel()
        StreamSink.standardOutput.write(metricsTable("train", result.metrics))
        try trainer.saveMetrics("train", result.metrics)
        try trainer.saveState()
        guard trainer.evalDataset != nil else { return }
        let metrics = try trainer.evaluate()
        StreamSink.standardOutput.write(metricsTable("eval", metrics))
        try trainer.saveMetrics("eval", metrics)
    }

    /// Writes the model card and, if asked for, uploads everything; the Hub knows the GLUE benchmark, other data has only a name.
    private func describe(_ trainer: Trainer, _ task: ClassificationTask) throws {
        let configurations = [task.metrics.glueTask].compactMap(\.self)
        let name = DataFacts.name(of: settings)
        let card = ModelCardFacts(
            finetunedFrom: URL(fileURLWithPath: modelPath).lastPathComponent,
            datasetTags: configurations.isEmpty ? [] : ["glue"],
            dataset: [name], datasetArgs: configurations,
            datasetMetadata: configurations.map {
                JSONObject([("config", .string($0)), ("split", "validation")])
            })
        if arguments.pushToHub {
            // The report has what went wrong; the run ends with it.
            _ = try? trainer.pushToHub(card: card)
        } else {
            try trainer.createModelCard(card)
        }
    }

    /// What the output directory holds, for the summary.
    private var files: [(label: String, facts: [String])] {
        let names = [
            "README.md", "all_results.json", "metrics.jsonl", "trainer_state.json",
            savedSettingsFile,
        ]
        return [
            ("model", [arguments.outputDir]),
            (
                "files",
                names.filter {
                    FileManager.default.fileExists(
                        atPath: output.appendingPathComponent($0).path)
                }
            ),
        ]
    }

    private func load(_ task: ClassificationTask) throws -> LoadedModel {
        do {
            let model = try AutoModelForSequenceClassification.fromPretrained(
                modelPath, numLabels: task.labels.outputs
            ) { options in
                options.ignoreMismatchedSizes = settings.ignoreMismatchedSizes
                switch task.labels {
                case .classes(let names):
                    options.labels = names
                    options.problemType = .singleLabelClassification
                case .regression: options.problemType = .regression
                }
            }
            return try LoadedModel(model, tokenizer)
        } catch var error as TuneError where error.remedy?.contains(libraryOption) == true {
            error.remedy = "Initialise that weight anew with --ignore-mismatched-sizes."
            throw error
        }
    }

    /// Writes what `evaluate` and `predict` need to treat data as training did, and what repeats
    /// this run with `--config`.
    private func saveSettings(
        _ task: ClassificationTask, _ arguments: TrainingArguments
    ) throws {
        let object = task.resolved(settings).json.merging(
            arguments.toJSON().object ?? JSONObject())
        try writeFileAtomically(
            output.appendingPathComponent(savedSettingsFile),
            JSONValue.object(object).serialized(indent: 2) + "\n")
    }

    private func suggestNextCommands(_ task: ClassificationTask) {
        let model = ["--model", arguments.outputDir]
        var commands: [[String]] = []
        if task.splits.contains("validation") {
            commands.append(["evaluate"] + model + dataWords("validation"))
        }
        if let split = ["test", "validation", "train"].first(where: task.splits.contains) {
            commands.append(["predict"] + model + dataWords(split) + ["--split", split])
        }
        commands.append(["train", "--config", "\(arguments.outputDir)/\(savedSettingsFile)"])
        Notices.write("\nThe model is in \(arguments.outputDir). Next:")
        for command in commands { Notices.write("  " + shellCommand(["finetune"] + command)) }
    }

    /// The options that name the data of a split.
    private func dataWords(_ split: String) -> [String] {
        let names = ["dataset", "dataset_config", "\(split)_file"]
        return settings.json.members.filter { names.contains($0.key) }
            .flatMap { [optionName($0.key), $0.value.string ?? ""] }
    }
}

/// What the libraries call `--ignore-mismatched-sizes`.
private let libraryOption = "ignoreMismatchedSizes"

/// The name of the file in the output directory that holds the settings of a training.
let savedSettingsFile = "finetune.json"
