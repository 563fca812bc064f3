public import Foundation
public import Logging

/// Writes log messages to the standard error as plain lines, for programs that people watch.
///
///     PlainLogHandler.bootstrap()
///
/// Warnings and errors begin with `warning:` and `error:`, notices stand alone; time and label are
/// left out. See ``Notices``.
public struct PlainLogHandler: LogHandler {
    /// What is less grave is left out.
    public var logLevel: Logger.Level
    /// Kept for the logger, never shown.
    public var metadata: Logger.Metadata = [:]
    private let sink: any OutputSink

    /// Creates a handler.
    ///
    /// - Parameters:
    ///   - level: What is less grave is left out.
    ///   - sink: Where lines are written.
    public init(
        level: Logger.Level = .notice, sink: any OutputSink = StreamSink.standardError
    ) {
        (logLevel, self.sink) = (level, sink)
    }

    /// Makes all loggers of the process write through such a handler; call it once, first of all.
    ///
    /// - Parameter environment: `FINETUNE_LOG_LEVEL` names the level; without it, notices and what
    ///   is graver are shown.
    public static func bootstrap(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) {
        let level = environment["FINETUNE_LOG_LEVEL"].flatMap(Logger.Level.init(rawValue:))
        LoggingSystem.bootstrap { _ in PlainLogHandler(level: level ?? .notice) }
    }

    /// Writes the message of an event.
    public func log(event: LogEvent) {
        Notices.write("\(event.message)", as: Notices.Kind(event.level), to: sink)
    }

    /// A value of ``metadata``.
    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
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
