import TuneBase
import TuneMetrics

/// What a run has done, in a few lines.
struct RunSummary {
    let context: TrainerContext
    /// The row that a training ends its log with.
    let totals: JSONObject
    /// Lines of the program: paths and the like.
    let additions: [InfoBlock.Entry]

    /// The lines.
    var block: InfoBlock {
        let isComplete = context.state.globalStep >= context.state.maxSteps
        return InfoBlock(
            title: isComplete ? "done" : "stopped",
            entries: [
                ("steps", steps), ("loss", loss), ("best", best), ("final", final),
                ("time", time), ("speed", speed),
                ("memory", ["\(Quantity.bytes(peakMemory())) at most"]),
            ] + additions)
    }

    private var state: TrainerState { context.state }

    private var steps: [String] {
        let all = Quantity.noun(state.maxSteps, "step")
        let done =
            state.globalStep < state.maxSteps
            ? "\(Quantity.grouped(state.globalStep)) of \(all)" : all
        let first = context.measures.firstStep
        return [
            done, "\(Quantity.plain(rounded(state.epoch, digits: 2))) epochs",
            first > 0 ? "resumed at step \(Quantity.grouped(first))" : "",
        ]
    }

    private var loss: [String] {
        let losses = state.logHistory.compactMap { $0["loss"]?.double }
        return [
            totals["train_loss"]?.double.map { "\(Quantity.score($0)) on average" } ?? "",
            losses.last.map { "\(Quantity.score($0)) at last" } ?? "",
            losses.count > 2 ? Quantity.sparkline(shape(losses)) : "",
        ]
    }

    /// At most 24 means of neighbouring values.
    private func shape(_ values: [Double]) -> [Double] {
        let count = min(24, values.count)
        return (0..<count).map { index in
            let part = values[index * values.count / count..<(index + 1) * values.count / count]
            return part.reduce(0, +) / Double(part.count)
        }
    }

    private var best: [String] {
        let watched = WatchedMetric(context.args)
        guard let best = watched.best(of: state.logHistory) else { return [] }
        return [
            "★ \(watched.shortName) \(Quantity.score(best.value)) at step \(Quantity.grouped(best.step))",
            state.bestModelCheckpoint ?? "",
        ]
    }

    private var final: [String] {
        let row = state.logHistory.last { row in row.keys.contains { $0.hasPrefix("eval_") } }
        guard let row else { return [] }
        var metrics = MetricResult()
        for (name, value) in row.members where name != "step" { metrics[name] = value.double }
        return EvaluationRow.scores(metrics).map { "\($0.name) \(Quantity.score($0.value))" }
    }

    private var time: [String] {
        guard let total = totals["train_runtime"]?.double, total > 0 else { return [] }
        let measures = context.measures
        let train = max(0, total - measures.pauses - measures.dataWait)
        let parts = [
            ("training", train), ("evaluation", measures.evaluation), ("saving", measures.saving),
            ("data", measures.dataWait),
        ]
        return [Quantity.duration(total)]
            + parts.filter { $0.1 > 0 }.map {
                "\($0.0) \(Quantity.duration($0.1)) (\(Quantity.percent($0.1 / total)))"
            }
    }

    private var speed: [String] {
        guard let total = totals["train_runtime"]?.double else { return [] }
        let busy = total - context.measures.pauses
        guard busy > 0 else { return [] }
        let steps = state.globalStep - context.measures.firstStep
        return [
            "\(Quantity.short(Double(steps) / busy)) steps/s",
            "\(Quantity.short(Double(context.measures.rows) / busy)) rows/s",
            "\(Quantity.short(Double(context.measures.tokens) / busy)) tokens/s",
        ]
    }
}
