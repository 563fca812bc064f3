import Foundation
import TuneBase
public import TuneMetrics

/// Metrics as an aligned table with a heading, each line ended; sorted by name.
public func metricsTable(_ split: String, _ metrics: MetricResult) -> String {
    let rows = metrics.entries.map { ($0.name, metricText($0.name, $0.value)) }
        .sorted { $0.0 < $1.0 }
    let nameWidth = rows.map(\.0.count).max() ?? 0
    let valueWidth = rows.map(\.1.count).max() ?? 0
    let lines = rows.map { name, value in
        "  \(name.padded(to: nameWidth)) = "
            + String(repeating: " ", count: valueWidth - value.count) + value
    }
    return (["***** \(split) metrics *****"] + lines).map { $0 + "\n" }.joined()
}

private func metricText(_ name: String, _ value: MetricValue) -> String {
    guard case .score(let score) = value else { return value.description }
    if name.contains("_runtime") { return durationText(score) }
    if name == "total_flos" { return "\(Int(exactly: (score / 0x1p30).rounded(.down)) ?? 0)GF" }
    return pythonRepr(rounded(score, digits: 4))
}

/// Seconds as `h:mm:ss.cc`, with days before where there are any.
private func durationText(_ seconds: Double) -> String {
    guard let whole = Int(exactly: seconds.rounded(.towardZero)) else { return "nan" }
    let hundredths = Int(abs(seconds - Double(whole)) * 100)
    let clock = String(
        format: "%d:%02d:%02d.%02d", whole / 3600 % 24, whole / 60 % 60, whole % 60, hundredths)
    let days = whole / 86400
    return days == 0 ? clock : "\(days) day\(days == 1 ? "" : "s"), \(clock)"
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
