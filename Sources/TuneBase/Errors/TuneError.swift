public import Foundation

/// What went wrong, where, and how to put it right.
///
/// Every error that FineTune raises about files, configurations, data and arguments is a
/// `TuneError`. The message names the thing (file, column, key, tensor); the remedy says what the
/// user can do; the code decides the exit status of the command-line tool.
public struct TuneError: LocalizedError, CustomStringConvertible, Sendable {
    /// The kind of failure, with the exit status the command-line tool reports for it.
    public enum Code: Int32, Sendable {
        /// A computation failed.
        case failed = 1
        /// The command line is wrong.
        case usage = 64
        /// Input data is malformed or does not fit.
        case badData = 65
        /// A file, directory, column or checkpoint is missing.
        case missingInput = 66
        /// A service cannot be reached.
        case unavailable = 69
        /// An output file or directory cannot be created.
        case cannotCreate = 73
        /// Reading or writing failed.
        case io = 74
        /// The run was interrupted and can be resumed.
        case interrupted = 75
        /// A configuration value is wrong.
        case badConfig = 78
    }

    /// The kind of failure.
    public var code: Code
    /// One sentence: what happened, to which thing.
    public var message: String
    /// One sentence: what the user can do about it.
    public var remedy: String?
    /// The error that led to this one.
    public var cause: (any Error)?

    /// Creates an error from its kind, message and remedy.
    public init(
        _ code: Code, _ message: String, remedy: String? = nil, cause: (any Error)? = nil
    ) {
        self.code = code
        self.message = message
        self.remedy = remedy
        self.cause = cause
    }

    /// The message, then the remedy.
    public var description: String {
        guard let remedy else { return message }
        return "\(message) \(remedy)"
    }

    /// The message, then the remedy.
    public var errorDescription: String? { description }
}
