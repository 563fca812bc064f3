import FineTuneKit
import Foundation
import Logging

/// Writes log messages of the libraries to the standard error as plain lines.
///
/// Warnings and errors begin with `warning:` and `error:`, notices stand alone. The level comes
/// from `FINETUNE_LOG_LEVEL`; without it, notices and what is graver are shown.
struct PlainLogHandler: LogHandler {
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]

    /// Makes all loggers write through this handler; call it once, first of all.
    static func bootstrap() {
        let name = ProcessInfo.processInfo.environment["FINETUNE_LOG_LEVEL"]
        let level = name.flatMap(Logger.Level.init(rawValue:)) ?? .notice
        LoggingSystem.bootstrap { _ in PlainLogHandler(logLevel: level) }
    }

    func log(event: LogEvent) {
        Notices.write("\(event.message)", as: Notices.Kind(event.level))
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }
}

extension Notices.Kind {
    fileprivate init(_ level: Logger.Level) {
        switch level {
        case .trace, .debug, .info, .notice: self = .note
        case .warning: self = .warning
        case .error, .critical: self = .error
        }
    }
}
