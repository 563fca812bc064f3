import ArgumentParser
import FineTuneKit
import Foundation

/// The entry point: parse, run, and turn any error into one message and an exit code.
@main
enum Program {
    static func main() {
        PlainLogHandler.bootstrap()
        do {
            let arguments = normalizedArguments(Array(CommandLine.arguments.dropFirst()))
            try FineTuneCommand.checkName(arguments)
            var command = try FineTuneCommand.parseAsRoot(arguments)
            // A tensor operation that fails outside a training step is an error too, not a trap.
            try catchingTorchErrors { try command.run() }
        } catch {
            exit(ErrorReport(error).write())
        }
    }
}
