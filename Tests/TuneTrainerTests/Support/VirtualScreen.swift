import TuneBase

/// What stands on a terminal after text was written to it: carriage returns, line ends, clearing
/// to the end of a line; colours are left out.
struct VirtualScreen {
    /// The lines, the last one without an end.
    private(set) var lines: [String] = [""]
    /// How often the cursor went back to the begin of a line that was then drawn.
    private(set) var redraws = 0

    /// Writes a text.
    init(_ text: String) {
        var column = 0
        var rest = text.unicodeScalars[...]
        var line: [Unicode.Scalar] = []
        func flushed() -> String {
            var scalars = String.UnicodeScalarView()
            scalars.append(contentsOf: line)
            var text = String(scalars)
            while text.last == " " { text.removeLast() }
            return text
        }
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\r": (column, redraws) = (0, redraws + 1)
            case "\n":
                lines[lines.count - 1] = flushed()
                lines.append("")
                (line, column) = ([], 0)
            case "\u{1B}":
                let end = rest.firstIndex { $0.properties.isAlphabetic } ?? rest.endIndex
                let kind = end < rest.endIndex ? rest[end] : "m"
                if kind == "K" { line.removeSubrange(min(column, line.count)...) }
                rest = rest[end...].dropFirst()
            default:
                if column < line.count { line[column] = scalar } else { line.append(scalar) }
                column += 1
            }
        }
        lines[lines.count - 1] = flushed()
    }

    /// The lines as one text.
    var text: String { lines.joined(separator: "\n") }
}
