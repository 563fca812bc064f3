import TuneBase

/// Writes each log row as a line; used where progress bars are turned off.
public struct PrinterCallback: TrainerCallback {
    /// Creates the callback.
    public init() {}

    /// It looks at none.
    public var readsCheckpoints: Bool { false }

    /// Writes the row of a log event.
    public func on(
        _ event: TrainerEvent, _ context: TrainerContext, _ control: inout TrainerControl
    ) {
        guard case .log(let row) = event else { return }
        context.console.output.writeLine(logLine(row))
    }
}
