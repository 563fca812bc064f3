import FineTuneKit
import Foundation

/// Lines for people on the standard error.
enum Notices {
    /// How grave a line is.
    enum Kind {
        case note
        case warning
        case error
    }

    /// Writes a line; control characters of quoted data are left out.
    static func write(_ text: String, as kind: Kind = .note) {
        let sink = StreamSink.standardError
        // On a terminal the line may meet a progress bar, which draws itself anew afterwards.
        let start = sink.isTerminal ? "\r\u{1B}[K" : ""
        sink.writeLine(start + label(kind) + strippingControlCharacters(text))
    }

    private static func label(_ kind: Kind) -> String {
        switch kind {
        case .note: ""
        case .warning: coloured("warning: ", "33")
        case .error: coloured("error: ", "31;1")
        }
    }

    private static func coloured(_ text: String, _ code: String) -> String {
        hasColour ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }

    /// Whether a person watches and did not ask for plain text (no-color.org).
    private static let hasColour =
        StreamSink.standardError.isTerminal
        && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
}
