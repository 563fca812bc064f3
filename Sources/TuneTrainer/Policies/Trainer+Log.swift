import TuneBase
import TuneMetrics

extension Trainer {
    /// Adds a row to the history and shows it.
    func record(_ logs: JSONObject, _ startTime: Double?) throws {
        var row = logs
        row["epoch"] = state.epochValue
        if inputTokens.isActive {
            row["num_input_tokens_seen"] = .int(state.numInputTokensSeen)
            if let startTime { row = row.merging(tokenRate(since: startTime)) }
        }
        var record = row
        record["step"] = .int(state.globalStep)
        state.logHistory.append(record)
        try emit(.log(row))
    }

    /// These metrics with the epoch, and the tokens where they are counted, as the log has them.
    func withPosition(_ metrics: MetricResult) -> MetricResult {
        var metrics = metrics
        metrics["epoch"] = state.epoch
        if inputTokens.isActive {
            metrics["num_input_tokens_seen"] = Double(state.numInputTokensSeen)
        }
        return metrics
    }

    /// Runtime and tokens per second of this training.
    private func tokenRate(since start: Double) -> JSONObject {
        let runtime = monotonicSeconds() - start
        let tokens = Double(state.numInputTokensSeen - progress.measures.firstInputTokens)
        return JSONObject([
            ("train_runtime", .double(rounded(runtime, digits: 4))),
            ("train_tokens_per_second", .double(rounded(tokens / runtime, digits: 3))),
        ])
    }
}
