import TuneBase

/// The line that shows how far a run has come.
struct StatusLine {
    /// What goes on: `train`, `eval`.
    var label: String
    var count: Int
    var total: Int
    /// Seconds since the beginning.
    var elapsed: Double
    /// Seconds left; nil when not known.
    var remaining: Double?
    /// The last checkpoint that is complete.
    var checkpoint: Int?

    /// The text, at most `width` cells wide; what matters less is left out where that is little.
    func text(width: Int, colours: Bool) -> String {
        let fraction = total > 0 ? min(1, Double(count) / Double(total)) : 1
        let head = " " + label.padded(toWidth: 5) + " "
        let place = "  \(Quantity.grouped(count))/\(Quantity.grouped(total))"
        // In the order in which they are given up, last first.
        let parts = [
            place, "  \(Quantity.percent(fraction.rounded(.down, toDigits: 2)))",
            remaining.map { "  \(ProgressBar.duration($0)) left" } ?? "",
            checkpoint.map { "  checkpoint \(Quantity.grouped($0))" } ?? "",
            "  \(ProgressBar.duration(elapsed)) elapsed",
        ]
        let leastBar = 8
        var (room, tail) = (width - displayWidth(head) - leastBar, "")
        for part in parts where displayWidth(part) <= room {
            tail += part
            room -= displayWidth(part)
        }
        let bar = meter(fraction, cells: min(40, max(0, room + leastBar)))
        return head.styled(.bold, allowed: colours) + bar.styled(.green, allowed: colours) + tail
    }

    private func meter(_ fraction: Double, cells: Int) -> String {
        let eighths = Int(fraction * Double(cells) * 8)
        let full = min(cells, eighths / 8)
        guard full < cells else { return String(repeating: "█", count: cells) }
        let part = ["╺", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
        return String(repeating: "█", count: full) + part
            + String(repeating: "━", count: cells - full - 1)
    }
}

extension Double {
    fileprivate func rounded(_ rule: FloatingPointRoundingRule, toDigits digits: Int) -> Double {
        let scale = (0..<digits).reduce(1.0) { value, _ in value * 10 }
        return (self * scale + 1e-9).rounded(rule) / scale
    }
}
