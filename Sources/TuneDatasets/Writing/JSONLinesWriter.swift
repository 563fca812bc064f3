import Foundation
import TuneBase

extension Dataset {
    /// Writes the rows as JSON Lines, one object per row.
    ///
    /// The text is what Python's `Dataset.to_json` writes, except that numbers keep all digits:
    /// ASCII only, no spaces. The file appears complete or not at all.
    ///
    /// - Throws: `TuneError` when the file cannot be written.
    public func toJSONLines(_ path: String) throws {
        try writeFileAtomically(URL(fileURLWithPath: path)) { handle in
            for batch in batchRanges(of: 1000) {
                var text = ""
                for row in try rowValues(in: batch) {
                    appendRow(row, to: &text)
                    text += "\n"
                }
                try handle.write(contentsOf: Data(text.utf8))
            }
        }
    }

    private func appendRow(_ row: Row, to text: inout String) {
        text += "{"
        for (index, (name, value)) in zip(row.names, row.values).enumerated() {
            if index > 0 { text += "," }
            appendCompact(.string(name), to: &text)
            text += ":"
            appendCompact(value.json(as: features[name]), to: &text)
        }
        text += "}"
    }
}

/// Appends JSON without spaces, with `/` escaped as pandas does.
private func appendCompact(_ value: JSONValue, to text: inout String) {
    switch value {
    case .array(let elements):
        text += "["
        for (index, element) in elements.enumerated() {
            if index > 0 { text += "," }
            appendCompact(element, to: &text)
        }
        text += "]"
    case .object(let object):
        text += "{"
        for (index, (name, member)) in object.members.enumerated() {
            if index > 0 { text += "," }
            appendCompact(.string(name), to: &text)
            text += ":"
            appendCompact(member, to: &text)
        }
        text += "}"
    case .string(let string):
        let quoted = value.serialized()
        text += string.utf8.contains(UInt8(ascii: "/"))
            ? quoted.split(separator: "/", omittingEmptySubsequences: false).joined(separator: "\\/")
            : quoted
    default: text += value.serialized()
    }
}
