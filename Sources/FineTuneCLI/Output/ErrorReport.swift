import ArgumentParser
import FineTuneKit
import Foundation

/// What is said about an error, and the exit code that tells its kind.
struct ErrorReport {
    private enum Stream {
        case output
        case errors
    }

    private let text: String
    private let stream: Stream
    /// The exit code.
    let code: Int32

    /// Describes an error of parsing or running a command.
    init(_ error: any Error) {
        switch error {
        case let error as TuneError: self.init(error)
        case let error as TorchError: self.init(error)
        default: self.init(parser: error)
        }
    }

    private init(_ error: TuneError) {
        text = Self.text(error.message, error.remedy)
        (stream, code) = (.errors, error.code.rawValue)
    }

    private init(_ error: TorchError) {
        // What follows the first line is a trace of C++ frames.
        let reason = error.message.split(separator: "\n").first.map(String.init) ?? error.message
        let message =
            error.isOutOfMemory
            ? "Not enough memory for '\(error.operation)': \(reason)"
            : "The tensor operation '\(error.operation)' failed: \(reason)"
        let remedy = error.isOutOfMemory ? "Use a smaller batch size or --max-length." : nil
        text = Self.text(message, remedy)
        (stream, code) = (.errors, TuneError.Code.failed.rawValue)
    }

    /// Help and version requests arrive here as well, as errors with exit code 0.
    private init(parser error: any Error) {
        code = FineTuneCommand.exitCode(for: error).rawValue
        if code == 0 {
            text = FineTuneCommand.fullMessage(for: error)
            stream = .output
            return
        }
        stream = .errors
        let isUsage = code == TuneError.Code.usage.rawValue
        text = Self.text(
            FineTuneCommand.message(for: error),
            isUsage ? Self.advice(on: error) : nil)
    }

    /// Which help to read; the parser knows the command that it was reading.
    private static func advice(on error: any Error) -> String {
        let lines = FineTuneCommand.fullMessage(for: error).split(separator: "\n")
        guard let line = lines.last(where: { $0.contains(" --help'") }) else {
            return "See finetune --help, or --help after a command."
        }
        return line.trimmingCharacters(in: .whitespaces)
    }

    private static func text(_ message: String, _ remedy: String?) -> String {
        guard let remedy else { return message }
        return message + "\n"
            + remedy.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
    }

    /// Writes the report.
    ///
    /// - Returns: The exit code.
    func write() -> Int32 {
        switch stream {
        case .output: StreamSink.standardOutput.writeLine(text)
        case .errors: Notices.write(text, as: .error)
        }
        return code
    }
}
