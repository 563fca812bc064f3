public import Foundation

/// Where a library writes text for people: a stream, or a buffer in tests.
public protocol OutputSink: Sendable {
    /// Writes text as it is.
    func write(_ text: String)
    /// Whether a person watches: cursor movement may be used.
    var isTerminal: Bool { get }
    /// The number of character cells in a line.
    var columns: Int { get }
    /// Whether escape sequences may be written: colours, and clearing a line.
    var allowsEscapes: Bool { get }
    /// The last line of the terminal, for text that is drawn over and over.
    var liveLine: LiveLine { get }
}

extension OutputSink {
    /// Writes text and ends the line.
    public func writeLine(_ text: String) { write(text + "\n") }
}

/// Standard output or standard error.
public struct StreamSink: OutputSink {
    private let descriptor: Int32
    /// Whether the stream is a terminal that understands cursor movement.
    public let isTerminal: Bool
    /// Whether the terminal may be sent escape sequences: nobody asked for plain text
    /// (no-color.org).
    public let allowsEscapes: Bool

    /// Creates a sink over an open file descriptor.
    ///
    /// - Parameters:
    ///   - descriptor: The file descriptor.
    ///   - environment: Where `TERM`, `CI` and `NO_COLOR` are looked up.
    public init(
        descriptor: Int32, environment: [String: String] = ProcessInfo.processInfo.environment
    ) {
        self.descriptor = descriptor
        isTerminal = isInteractive(descriptor: descriptor, environment: environment)
        allowsEscapes = isTerminal && (environment["NO_COLOR"] ?? "").isEmpty
    }

    /// The standard output.
    public static let standardOutput = StreamSink(descriptor: STDOUT_FILENO)
    /// The standard error.
    public static let standardError = StreamSink(descriptor: STDERR_FILENO)

    /// Writes text, after what `print` has buffered; a closed pipe is not an error.
    public func write(_ text: String) {
        fflush(nil)
        try? FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
            .write(contentsOf: Data(text.utf8))
    }

    /// The present width of the window.
    public var columns: Int { terminalColumns(descriptor: descriptor) }
    /// Shared by both streams, which show on the same terminal.
    public var liveLine: LiveLine { Self.terminalLine }

    private static let terminalLine = LiveLine()
}

/// Collects what is written, for tests and reports.
public final class BufferSink: OutputSink, @unchecked Sendable {
    private let lock = NSLock()
    private var collected = ""
    /// Whether writers shall believe that a person watches.
    public let isTerminal: Bool
    /// The width that writers shall fill.
    public let columns: Int
    /// Whether writers may use escape sequences.
    public let allowsEscapes: Bool
    /// What stands on the last line.
    public let liveLine = LiveLine()

    /// Creates an empty buffer.
    public init(isTerminal: Bool = false, columns: Int = 80, allowsEscapes: Bool? = nil) {
        self.isTerminal = isTerminal
        self.columns = columns
        self.allowsEscapes = allowsEscapes ?? isTerminal
    }

    /// Appends text.
    public func write(_ text: String) { lock.withLock { collected += text } }

    /// All text so far.
    public var text: String { lock.withLock { collected } }
}

/// The two streams that a library writes to: results, and progress with notices.
public struct Console: Sendable {
    /// Results: metrics, tables.
    public let output: any OutputSink
    /// Progress bars and notices.
    public let notices: any OutputSink

    /// Creates a console over two sinks.
    public init(output: any OutputSink, notices: any OutputSink) {
        self.output = output
        self.notices = notices
    }

    /// Standard output and standard error.
    public static let standard = Console(
        output: StreamSink.standardOutput, notices: StreamSink.standardError)
}
