/// How progress is shown.
public enum ProgressStyle: String, Sendable, CaseIterable {
    /// Rich on a terminal, plain elsewhere.
    case auto
    /// A status line that is redrawn, and aligned rows.
    case rich
    /// Rows of text.
    case plain
    /// JSON lines.
    case json
    /// Nothing but problems.
    case none
}

/// The least severity of messages that show, by Python's names.
public enum LogLevel: String, Sendable, CaseIterable {
    /// What the program has set up.
    case passive
    /// Everything, with places.
    case detail
    /// Everything.
    case debug
    /// What goes on.
    case info
    /// What may be a mistake.
    case warning
    /// What failed.
    case error
    /// What ends the program.
    case critical
}
