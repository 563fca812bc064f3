import Foundation

/// A line that shows how far a loop has come, in the form that `tqdm` made familiar:
/// ` 33%|███▎      | 459/1377 [02:40<05:20,  2.86it/s]`.
///
/// On a terminal the line is redrawn in place, at most ten times a second. Elsewhere nothing is
/// drawn, so logs stay free of control characters.
public final class ProgressBar {
    /// The number of steps in all.
    public let total: Int
    /// The steps done.
    public private(set) var count = 0

    private let sink: any OutputSink
    private let label: String
    private let leavesLine: Bool
    private let now: () -> Double
    private let start: Double
    private var rate = MovingRate()
    private var lastDrawn = -Double.infinity
    private var lastCount = 0
    private var isClosed = false

    /// Creates a bar and draws it.
    ///
    /// - Parameters:
    ///   - total: The number of steps in all.
    ///   - initial: The number of steps that were done before.
    ///   - label: Text before the bar; empty for none.
    ///   - leavesLine: Whether the finished bar stays on the screen.
    ///   - sink: Where the bar is drawn.
    ///   - now: The clock, in seconds; tests replace it.
    public init(
        total: Int, initial: Int = 0, label: String = "", leavesLine: Bool = true,
        sink: any OutputSink = StreamSink.standardError,
        now: @escaping () -> Double = monotonicSeconds
    ) {
        self.total = total
        (count, lastCount) = (initial, initial)
        self.label = strippingControlCharacters(label)
        self.leavesLine = leavesLine
        self.sink = sink
        self.now = now
        start = now()
        draw(at: start)
    }

    /// Counts further steps, and redraws when a tenth of a second has passed.
    public func advance(by steps: Int = 1) {
        count += steps
        let time = now()
        guard time - lastDrawn >= 0.1 else { return }
        draw(at: time)
    }

    /// Redraws at once, for instance after other text was written.
    public func redraw() { draw(at: now()) }

    /// Removes the bar from the screen until the next drawing, so that other text can be written.
    public func clear() {
        guard sink.isTerminal, !isClosed else { return }
        sink.write("\r" + String(repeating: " ", count: max(0, sink.columns - 1)) + "\r")
    }

    /// Writes a line of text to `output` above the bar.
    public func write(_ text: String, to output: any OutputSink) {
        clear()
        output.writeLine(text)
        redraw()
    }

    /// Draws the bar for the last time and ends its line, or removes it.
    public func close() {
        guard !isClosed else { return }
        if leavesLine {
            draw(at: now())
            if sink.isTerminal { sink.write("\n") }
        } else {
            clear()
        }
        isClosed = true
    }

    private func draw(at time: Double) {
        guard sink.isTerminal, !isClosed else { return }
        rate.observe(steps: count - lastCount, seconds: time - lastDrawn)
        (lastDrawn, lastCount) = (time, count)
        let line = Self.line(
            label: label, count: count, total: total, elapsed: time - start, rate: rate.value,
            columns: sink.columns - 1)
        sink.write("\r" + line)
    }
}

extension ProgressBar {
    /// The text of a bar.
    ///
    /// - Parameters:
    ///   - label: Text before the bar; empty for none.
    ///   - count: The steps done.
    ///   - total: The steps in all.
    ///   - elapsed: Seconds since the beginning.
    ///   - rate: Steps per second; nil when not known yet.
    ///   - columns: The width to fill.
    /// - Returns: One line without its end.
    public static func line(
        label: String = "", count: Int, total: Int, elapsed: Double, rate: Double?, columns: Int
    ) -> String {
        let fraction = total > 0 ? min(1, Double(count) / Double(total)) : 1
        let percent = String(Int(fraction * 100))
        let head =
            (label.isEmpty ? "" : label + ": ")
            + String(repeating: " ", count: 3 - percent.count) + percent + "%|"
        let remaining = rate.map { duration(Double(max(0, total - count)) / $0) } ?? "?"
        let tail = "| \(count)/\(total) [\(duration(elapsed))<\(remaining), \(speed(rate))]"
        let room = max(1, columns - displayWidth(head) - displayWidth(tail))
        return head + meter(fraction, cells: room) + tail
    }

    private static func meter(_ fraction: Double, cells: Int) -> String {
        let eighths = Int(fraction * Double(cells) * 8)
        let full = min(cells, eighths / 8)
        var text = String(repeating: "█", count: full)
        guard full < cells else { return text }
        text += [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
        return text + String(repeating: " ", count: cells - full - 1)
    }

    private static func speed(_ rate: Double?) -> String {
        guard let rate, rate > 0 else { return "?it/s" }
        return rate >= 1
            ? String(format: "%5.2fit/s", rate) : String(format: "%5.2fs/it", 1 / rate)
    }

    /// Seconds as `mm:ss`, from an hour on as `h:mm:ss`.
    public static func duration(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds < 1e9 else { return "?" }
        let whole = Int(seconds)
        let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
        return hours > 0
            ? String(format: "%d:%02d:%02d", hours, minutes, rest)
            : String(format: "%02d:%02d", minutes, rest)
    }
}

/// Steps per second, smoothed exponentially and corrected for the short beginning.
private struct MovingRate {
    private let smoothing = 0.3
    private var steps = 0.0
    private var seconds = 0.0
    private var observations = 0

    mutating func observe(steps newSteps: Int, seconds newSeconds: Double) {
        guard newSteps > 0, newSeconds > 0, newSeconds.isFinite else { return }
        steps = smoothing * Double(newSteps) + (1 - smoothing) * steps
        seconds = smoothing * newSeconds + (1 - smoothing) * seconds
        observations += 1
    }

    /// Numerator and denominator carry the same correction, which cancels.
    var value: Double? { observations > 0 ? steps / seconds : nil }
}
