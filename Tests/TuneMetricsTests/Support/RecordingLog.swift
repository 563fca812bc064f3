import Logging
import Synchronization
import TuneMetrics

/// Keeps the warnings of a metric for a test to look at.
final class RecordingLog: Sendable {
    private let storage = Mutex<[String]>([])

    var messages: [String] { storage.withLock { $0 } }

    /// Sends the warnings of `module` here.
    func attach(to module: EvaluationModule) {
        module.logger = Logger(label: "test") { _ in Handler(log: self) }
    }

    private struct Handler: LogHandler {
        let log: RecordingLog
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.warning

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            log.storage.withLock { $0.append("\(event.message)") }
        }
    }
}
