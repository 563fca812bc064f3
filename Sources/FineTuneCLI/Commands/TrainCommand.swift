import ArgumentParser
import FineTuneKit

/// `finetune train`.
struct TrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Fine-tune a checkpoint on a dataset.",
        discussion: """
            Trains a sequence classifier and writes it, with its tokenizer and results, to the \
            output directory. Text and label columns are found in the data unless they are named. \
            Options are the fields of TrainingArguments; the command line wins over --config. \
            Options that take true or false may stand alone: --bf16. --help-hidden lists all \
            options.
            """)

    @Option(help: ArgumentHelp("A YAML or JSON file with the same names.", valueName: "file"))
    var config: String?
    @Option(
        help: ArgumentHelp(
            "Write time and tokens of each step here, as JSON lines.", valueName: "file"))
    var stepTimes: String?
    @Flag(
        help: ArgumentHelp(
            """
            Begin anew; without it, the run in the output directory goes on from its newest valid \
            checkpoint. Earlier checkpoints are moved to archive.
            """))
    var fresh = false
    @OptionGroup(title: "Model and data") var data: DataOptions
    @OptionGroup(title: "Head") var head: HeadOptions
    @OptionGroup var training: TrainingOptions

    func run() throws {
        var configuration = Configuration()
        if let config { try configuration.apply(readConfigurationFile(config)) }
        try configuration.apply([data, head] + training.groups)
        try TrainingRun(configuration, stepTimes: stepTimes, isFresh: fresh)()
    }
}
