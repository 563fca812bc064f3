import ArgumentParser
import FineTuneKit

/// `finetune`: the collection of subcommands.
struct FineTuneCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "finetune",
        abstract: "Fine-tune Hugging Face models on your own data.",
        discussion: """
            Results go to the standard output, progress and notices to the standard error. \
            Option names may be written with dashes or underscores. Exit codes: 0 done, 64 wrong \
            command line, 65 bad data, 66 missing input, 69 the Hub failed, 73 output cannot be \
            created, 74 reading or writing failed, 75 stopped by a signal, goes on when run again, 78 \
            wrong configuration, 1 anything else.
            """,
        version: fineTuneVersion,
        subcommands: [
            TrainCommand.self, EvaluateCommand.self, PredictCommand.self, TokenizeCommand.self,
            ConvertCommand.self, PushCommand.self, BenchCommand.self,
        ])

    /// Refuses a first word that is no command, which the parser would call an argument.
    ///
    /// - Throws: `TuneError` with the nearest command.
    static func checkName(_ arguments: [String]) throws {
        guard let name = arguments.first, !name.hasPrefix("-"), name != "help" else { return }
        let commands = configuration.subcommands.map { $0.configuration }
        let names = commands.compactMap(\.commandName)
        guard !(names + commands.flatMap(\.aliases)).contains(name) else { return }
        throw TuneError(
            .usage, "There is no command '\(name)'.", remedy: suggestion(for: name, among: names))
    }
}
