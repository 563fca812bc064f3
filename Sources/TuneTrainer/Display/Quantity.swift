import Foundation
import TuneBase

/// Numbers in the few characters that a person reads at a glance.
package enum Quantity {
    /// A count with separators: `3,668`.
    package static func grouped(_ count: Int) -> String {
        let digits = String(abs(count))
        var result = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { result += "," }
            result.append(digit)
        }
        return (count < 0 ? "-" : "") + result
    }

    /// A size with three digits and a letter: `22.7M`, `5.14k`, `812`.
    package static func short(_ value: Double) -> String {
        guard value.isFinite else { return "-" }
        var (scaled, suffixes) = (abs(value), ["k", "M", "G", "T"][...])
        var suffix = ""
        while scaled >= 999.5, let next = suffixes.popFirst() {
            (scaled, suffix) = (scaled / 1000, next)
        }
        let whole = suffix.isEmpty && scaled == scaled.rounded()
        let digits = whole || scaled >= 99.95 ? 0 : scaled >= 9.995 ? 1 : 2
        return (value < 0 ? "-" : "") + String(format: "%.\(digits)f", scaled) + suffix
    }

    /// Bytes in decimal gigabytes or megabytes: `0.52 GB`.
    package static func bytes(_ count: Int) -> String {
        let value = Double(count)
        if value < 1e8 { return String(format: "%.0f MB", value / 1e6) }
        return String(format: value < 9.995e9 ? "%.2f GB" : "%.1f GB", value / 1e9)
    }

    /// A loss or a metric with four digits after the point.
    package static func score(_ value: Double) -> String {
        guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
        return String(format: abs(value) < 1000 ? "%.4f" : "%.4g", value)
    }

    /// An epoch with two digits after the point.
    package static func epoch(_ value: Double) -> String { String(format: "%.2f", value) }

    /// A number of epochs with at most two digits after the point: `3 epochs`, `0.09 epochs`.
    package static func epochs(_ value: Double) -> String {
        let text = plain(rounded(value, digits: 2))
        return text == "1" ? "1 epoch" : "\(text) epochs"
    }

    /// A learning rate: `4.93e-05`.
    package static func learningRate(_ value: Double) -> String { String(format: "%.2e", value) }

    /// A share of 1: `12 %`.
    package static func percent(_ share: Double) -> String {
        share.isFinite ? String(format: "%.0f %%", share * 100) : "-"
    }

    /// Seconds: `4.2 s` below a minute, `12:03`, `1:02:03`.
    package static func duration(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds >= 0 else { return "-" }
        return seconds < 59.95
            ? String(format: "%.1f s", seconds) : ProgressBar.duration(seconds.rounded())
    }

    /// A number as the user would have typed it: `5e-05`, `0.1`, `3`.
    package static func plain(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : pythonRepr(value)
    }

    /// A count with its noun: `1 step`, `60 steps`.
    package static func noun(_ count: Int, _ noun: String) -> String {
        grouped(count) + " " + noun + (count == 1 ? "" : "s")
    }

    /// Bars whose heights follow the values: `▇▆▅▃▁`.
    package static func sparkline(_ values: some Collection<Double>) -> String {
        let finite = values.filter(\.isFinite)
        guard let low = finite.min(), let high = finite.max() else { return "" }
        let bars = Array("▁▂▃▄▅▆▇█")
        return String(
            values.map { value in
                guard value.isFinite else { return " " }
                // Halves, as the distance itself may be infinite.
                let height = high > low ? (value / 2 - low / 2) / (high / 2 - low / 2) : 0.5
                return bars[Int((height * 7).rounded())]
            })
    }
}
