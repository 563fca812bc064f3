import Foundation
import TuneBase
public import TuneMetrics

extension Trainer {
    /// Writes metrics as a table, sorted by name.
    ///
    /// - Parameters:
    ///   - split: What the metrics are of: `train`, `eval`, `test`.
    ///   - metrics: The metrics.
    public func logMetrics(_ split: String, _ metrics: MetricResult) {
        console.output.write(metricsTable(split, metrics))
    }

    /// Writes metrics to `<split>_results.json` in the output directory.
    ///
    /// - Parameters:
    ///   - split: What the metrics are of: `train`, `eval`, `test`.
    ///   - metrics: The metrics.
    ///   - combined: Whether they are merged into `all_results.json` too.
    /// - Throws: `TuneError` when a file cannot be written, or the merged one is damaged.
    public func saveMetrics(_ split: String, _ metrics: MetricResult, combined: Bool = true) throws
    {
        try write(metrics.asJSON, to: "\(split)_results.json")
        guard combined else { return }
        let file = outputURL.appendingPathComponent("all_results.json")
        var all = JSONObject()
        if FileManager.default.fileExists(atPath: file.path) {
            let known = try JSONValue(parsing: readFile(file), source: file.path)
            all = try JSONFields(known, source: file.path).object
        }
        try write(all.merging(metrics.asJSON), to: "all_results.json")
    }

    private func write(_ object: JSONObject, to name: String) throws {
        try writeFileAtomically(
            outputURL.appendingPathComponent(name),
            JSONValue.object(object).serialized(indent: 4, sortedKeys: true))
    }
}
