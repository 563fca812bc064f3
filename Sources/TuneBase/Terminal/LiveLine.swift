import Synchronization

/// The last line of a terminal, drawn over and over, with other text above it.
///
/// Every terminal has one; see ``OutputSink/liveLine``. All threads may write.
public final class LiveLine: Sendable {
    private let text = Mutex("")

    /// Creates an empty line.
    public init() {}

    /// Draws the line in place of what it showed before.
    ///
    /// - Parameters:
    ///   - line: One line, narrower than the terminal.
    ///   - sink: The terminal.
    public func show(_ line: String, on sink: any OutputSink) {
        text.withLock { shown in
            sink.write(Self.replacement(of: shown, by: line, sink))
            shown = line
        }
    }

    /// Removes the line.
    public func clear(on sink: any OutputSink) {
        text.withLock { shown in
            guard !shown.isEmpty else { return }
            sink.write(Self.replacement(of: shown, by: "", sink))
            shown = ""
        }
    }

    /// Writes lines of text above, and the line again below them.
    public func write(above lines: String, on sink: any OutputSink) {
        text.withLock { shown in
            sink.write(Self.replacement(of: shown, by: "", sink) + lines + "\n" + shown)
        }
    }

    /// What overwrites a line on the screen.
    private static func replacement(
        of old: String, by new: String, _ sink: any OutputSink
    ) -> String {
        if sink.allowsEscapes { return "\r" + new + "\u{1B}[K" }
        let rest = max(0, displayWidth(old) - displayWidth(new))
        let spaces = String(repeating: " ", count: rest)
        return "\r" + new + spaces + (new.isEmpty ? "\r" : "")
    }
}

extension OutputSink {
    /// Writes lines of text; on a terminal above its ``liveLine``.
    public func writeAbove(_ lines: String) {
        guard isTerminal else { return writeLine(lines) }
        liveLine.write(above: lines, on: self)
    }
}
