import TuneBase

/// Labelled lines about a run, in a frame on a terminal and bare elsewhere.
struct InfoBlock {
    /// One label with the facts that stand behind it.
    typealias Entry = (label: String, facts: [String])

    /// What the block is about.
    let title: String
    /// The lines; an entry without facts is left out.
    let entries: [Entry]

    /// The lines with a frame, at most `width` cells wide; facts that do not fit go to a next line.
    func framed(width: Int, colours: Bool) -> String {
        let body = lines(width: max(20, width - 4))
        let title = singleLine(title).truncated(toWidth: max(10, width - 8))
        let cells = max(
            body.map { displayWidth($0.label + $0.text) }.max() ?? 0, displayWidth(title) + 2)
        let rule = String(repeating: "─", count: cells - displayWidth(title) - 1)
        let top =
            frame("╭ ", colours) + title.styled(.bold, allowed: colours)
            + frame(" \(rule)─╮", colours)
        let middle = body.map { label, text in
            frame("│ ", colours) + label.styled(.cyan, allowed: colours)
                + text.padded(toWidth: cells - displayWidth(label)) + frame(" │", colours)
        }
        let bottom = frame("╰" + String(repeating: "─", count: cells + 2) + "╯", colours)
        return ([top] + middle + [bottom]).joined(separator: "\n")
    }

    /// The lines without a frame; for logs, which have no `width`, each on one line.
    func plain(width: Int = .max) -> String {
        let body = lines(width: width == .max ? .max : max(20, width - 2))
            .map { "  " + $0.label + $0.text }
        return ([singleLine(title)] + body).joined(separator: "\n")
    }

    private func frame(_ text: String, _ colours: Bool) -> String {
        text.styled(.dim, allowed: colours)
    }

    /// Labels and texts, no line wider than `width`.
    private func lines(width: Int) -> [(label: String, text: String)] {
        let shown = entries.map { ($0.label, $0.facts.map(singleLine).filter { !$0.isEmpty }) }
            .filter { !$0.1.isEmpty }
        let labelWidth = (shown.map { displayWidth($0.0) }.max() ?? 0) + 2
        return shown.flatMap { label, facts in
            wrapped(facts, width: width - labelWidth).enumerated().map { index, text in
                ((index == 0 ? label : "").padded(toWidth: labelWidth), text)
            }
        }
    }

    /// Facts side by side as long as there is room.
    private func wrapped(_ facts: [String], width: Int) -> [String] {
        var lines: [String] = []
        for fact in facts {
            let fact = fact.truncated(toWidth: width)
            let joined = lines.last.map { $0 + "   " + fact }
            if let joined, displayWidth(joined) <= width {
                lines[lines.count - 1] = joined
            } else {
                lines.append(fact)
            }
        }
        return lines
    }
}
