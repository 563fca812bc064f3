import Foundation

/// Lines for people beside the results of a program, in colour where a person watches.
public enum Notices {
    /// How grave a line is.
    public enum Kind: Sendable {
        case note
        case warning
        case error
    }

    /// Writes a line; control characters of quoted data are left out.
    ///
    /// - Parameters:
    ///   - text: The line.
    ///   - kind: Warnings and errors begin with `warning:` and `error:`.
    ///   - sink: Where the line goes: the standard error, unless told otherwise.
    public static func write(
        _ text: String, as kind: Kind = .note, to sink: any OutputSink = StreamSink.standardError
    ) {
        // On a terminal the line may meet a progress bar, which draws itself anew afterwards.
        let start = sink.isTerminal ? "\r\u{1B}[K" : ""
        let label = label(kind, inColour: sink.isTerminal && allowsColour)
        sink.writeLine(start + label + strippingControlCharacters(text))
    }

    private static func label(_ kind: Kind, inColour: Bool) -> String {
        let (text, colour) =
            switch kind {
            case .note: ("", "")
            case .warning: ("warning: ", "33")
            case .error: ("error: ", "31;1")
            }
        return inColour && !text.isEmpty ? "\u{1B}[\(colour)m\(text)\u{1B}[0m" : text
    }

    /// Whether nobody asked for plain text (no-color.org).
    private static let allowsColour =
        (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
}
