import Foundation
import TuneBase
import TuneMetrics

/// The metrics of an evaluation, and whether it is the best so far.
struct EvaluationRow {
    let step: Int
    let epoch: Double
    /// Names without the split's prefix, with their values.
    let metrics: [(name: String, value: Double)]
    /// Seconds that it took.
    let seconds: Double?
    /// The metric that became better than in every evaluation before, if it did.
    let best: String?

    /// Takes the metrics from an event; the history already has their row at its end.
    init(_ metrics: MetricResult, _ context: TrainerContext) {
        (step, epoch) = (context.state.globalStep, context.state.epoch)
        self.metrics = Self.scores(metrics)
        seconds = metrics.scores.first { $0.name.hasSuffix("_runtime") }?.score
        let watched = WatchedMetric(context.args)
        best =
            watched.isNewBest(metrics, after: context.state.logHistory.dropLast())
            ? watched.shortName : nil
    }

    /// The line, as many metrics as fit, with a `★` at a new best; what is best is named where
    /// there is room.
    func line(_ table: RowTable, width: Int, colours: Bool) -> String {
        let beginning = table.beginning(step: step, epoch: epoch) + "  "
        let marks = best.map { ["  ★ best \(singleLine($0))", "  ★"] } ?? [""]
        let room = width - displayWidth(beginning) - displayWidth("eval")
        let texts = metrics.map { "  \(singleLine($0.name)) \(Quantity.score($0.value))" }
        let all = displayWidth(texts.joined())
        let mark = marks.first { all + displayWidth($0) <= room } ?? marks.last ?? ""
        let shown = Self.fitting(texts, room: room - displayWidth(mark))
        let time = seconds.map { "  " + Quantity.duration($0) } ?? ""
        let isRoomy = displayWidth(shown + mark + time) <= room
        return beginning + "eval".styled(.cyan, allowed: colours) + shown
            + mark.styled(.boldGreen, allowed: colours)
            + (isRoomy ? time.styled(.dim, allowed: colours) : "")
    }

    /// The first of some texts that fit together, with `…` for those left out.
    private static func fitting(_ texts: [String], room: Int) -> String {
        let ellipsis = "  …"
        var line = ""
        for (index, text) in texts.enumerated() {
            let rest = index < texts.count - 1 ? displayWidth(ellipsis) : 0
            guard displayWidth(line + text) + rest <= room else { return line + ellipsis }
            line += text
        }
        return line
    }

    /// The scores that say how good the model is, without their prefix.
    static func scores(_ metrics: MetricResult) -> [(name: String, value: Double)] {
        let aside = ["_runtime", "_samples_per_second", "_steps_per_second", "_preparation_time"]
        return metrics.scores.filter { name, _ in
            name != "epoch" && !aside.contains { name.hasSuffix($0) }
        }.map { name, score in
            (name.hasPrefix("eval_") ? String(name.dropFirst(5)) : name, score)
        }
    }
}

/// The metric that tells the best evaluation: the arguments' choice, else the loss.
struct WatchedMetric {
    /// The name with the prefix `eval_`.
    let name: String
    private let isGreaterBetter: Bool

    init(_ args: TrainingArguments) {
        name = prefixedMetric(args.bestModelMetric ?? "loss", "eval")
        isGreaterBetter = args.isGreaterBetter
    }

    /// The name for people.
    var shortName: String { String(name.dropFirst(5)) }

    /// Whether an evaluation beats all in the history.
    func isNewBest(_ metrics: MetricResult, after history: some Sequence<JSONObject>) -> Bool {
        guard let value = metrics[name], value.isFinite else { return false }
        return history.compactMap { $0[name]?.double }.filter(\.isFinite)
            .allSatisfy { isGreaterBetter ? value > $0 : value < $0 }
    }

    /// The best row of a history.
    func best(of history: [JSONObject]) -> (value: Double, step: Int)? {
        let rows = history.compactMap { row -> (value: Double, step: Int)? in
            guard let value = row[name]?.double, value.isFinite else { return nil }
            return (value, row["step"]?.int ?? 0)
        }
        // Of equal values the first counts.
        return rows.reduce(nil) { best, row in
            guard let best else { return row }
            return (isGreaterBetter ? row.value > best.value : row.value < best.value) ? row : best
        }
    }
}
