import Foundation
import Synchronization

/// Lines for people beside the results of a program, in colour where a person watches.
public enum Notices {
    /// How grave a line is.
    public enum Kind: String, Sendable {
        case note
        case warning
        case error
    }

    /// How lines are written.
    public enum Form: Sendable {
        /// As text.
        case text
        /// As JSON objects with the members `event`, `level` and `message`.
        case json
        /// As text, and only warnings and errors.
        case problems
    }

    private static let form = Mutex(Form.text)

    /// Decides how the notices of this process are written from now on.
    public static func use(_ newForm: Form) { form.withLock { $0 = newForm } }

    /// Writes a line; control characters of quoted data are left out.
    ///
    /// On a terminal it stands above the ``OutputSink/liveLine``; an error ends that line.
    ///
    /// - Parameters:
    ///   - text: The line.
    ///   - kind: Warnings and errors begin with `warning:` and `error:`.
    ///   - sink: Where the line goes: the standard error, unless told otherwise.
    public static func write(
        _ text: String, as kind: Kind = .note, to sink: any OutputSink = StreamSink.standardError
    ) {
        if kind == .error, sink.isTerminal { sink.liveLine.clear(on: sink) }
        switch form.withLock({ $0 }) {
        case .problems where kind == .note: break
        case .text, .problems: sink.writeAbove(label(kind, sink) + strippingControlCharacters(text))
        case .json: sink.writeAbove(line(text, kind))
        }
    }

    private static func label(_ kind: Kind, _ sink: any OutputSink) -> String {
        switch kind {
        case .note: ""
        case .warning: "warning: ".styled(.yellow, allowed: sink.allowsEscapes)
        case .error: "error: ".styled(.boldRed, allowed: sink.allowsEscapes)
        }
    }

    private static func line(_ text: String, _ kind: Kind) -> String {
        // Indentation and blank lines are for people who read a screen.
        let message = text.trimmingCharacters(in: .whitespacesAndNewlines)
        let object: JSONValue = [
            "event": "notice", "level": .string(kind.rawValue), "message": .string(message),
        ]
        return object.serialized()
    }
}
