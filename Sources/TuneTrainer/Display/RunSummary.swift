import TuneBase
import TuneMetrics

/// What a run has done, in a few lines.
struct RunSummary {
    let context: TrainerContext
    /// The row that a training ends its log with.
    let totals: JSONObject
    /// Counts and times as training ended; later evaluations do not belong to its time.
    let measures: RunMeasures
    /// The most memory, in bytes.
    let memory: Int
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
                ("memory", ["\(Quantity.bytes(memory)) at most"]),
                ("hub", additions.contains { $0.label == "hub" } ? [] : measures.pushes.facts),
            ] + additions)
    }

    private var state: TrainerState { context.state }

    private var steps: [String] {
        let all = Quantity.noun(state.maxSteps, "step")
        let done =
            state.globalStep < state.maxSteps
            ? "\(Quantity.grouped(state.globalStep)) of \(all)" : all
        let first = measures.firstStep
        return [
            done, Quantity.epochs(state.epoch),
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
        let evaluations = state.logHistory.filter { $0[watched.name] != nil }
        guard evaluations.count > 1, let best = watched.best(of: evaluations) else { return [] }
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
        let busy = total - measures.pauses
        guard busy > 0 else { return [] }
        let counts = [
            (state.globalStep - measures.firstStep, "steps"), (measures.rows, "rows"),
            (measures.tokens, "tokens"),
        ]
        return counts.filter { $0.0 > 0 }.map { count, unit in
            "\(Quantity.short(Double(count) / busy)) \(unit)/s"
        }
    }
}
