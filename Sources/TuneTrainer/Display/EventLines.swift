import Foundation
import TuneBase
import TuneMetrics
import TuneNN

/// Writes what happens in a run as JSON objects, one in a line, to the stream of notices.
///
/// Every object has `event` (`begin`, `log`, `evaluate`, `save`, `end`), `time` in seconds since
/// 1970, `step` and `epoch`. Numbers that are not finite are `null`.
public struct EventLines: TrainerCallback {
    private var meter = RunMeter()
    private var totals = JSONObject()

    /// Creates the callback.
    public init() {}

    /// Writes an event.
    public mutating func on(
        _ event: TrainerEvent, _ context: TrainerContext, _ control: inout TrainerControl
    ) {
        let now = monotonicSeconds()
        switch event {
        case .trainBegin:
            meter.begin(context.measures, at: now)
            write("begin", beginning(context), context)
        case .stepEnd: meter.stepEnded(context.measures, at: now)
        case .log(let row): log(row, context, at: now)
        case .evaluate(let metrics): write("evaluate", evaluation(metrics, context), context)
        case .save:
            let name = "checkpoint-\(context.state.globalStep)"
            let path = "\(context.args.outputDir)/\(name)"
            write("save", JSONObject([("checkpoint", .string(path))]), context)
        case .trainEnd: write("end", end(context), context)
        default: break
        }
    }

    private func beginning(_ context: TrainerContext) -> JSONObject {
        JSONObject([
            ("max_steps", .int(context.state.maxSteps)),
            ("num_train_epochs", .int(context.state.numTrainEpochs)),
            ("first_step", .int(context.measures.firstStep)),
            ("parameters", .int(context.model.parameterCount())),
            ("device", .string("\(context.device)")),
            ("output_dir", .string(context.args.outputDir)),
            ("seed", .int(context.args.seed)),
        ])
    }

    /// A row of the loss has rates beside it; evaluations and the summary have events of their own.
    private mutating func log(_ row: JSONObject, _ context: TrainerContext, at now: Double) {
        if row["train_runtime"] != nil { totals = row }
        guard !row.keys.contains(where: { $0.contains("_runtime") }) else { return }
        guard row["loss"] != nil else { return write("log", row, context) }
        let rates = meter.row(row, context, at: now, memory: peakMemory())
        var row = row
        row["tokens_per_second"] = rates.tokensPerSecond.map(JSONValue.double) ?? .null
        row["data_wait"] = rates.dataShare.map(JSONValue.double) ?? .null
        row["peak_memory"] = .int(rates.memory)
        row["seconds_left"] = rates.remaining.map(JSONValue.double) ?? .null
        write("log", row, context)
    }

    private func evaluation(_ metrics: MetricResult, _ context: TrainerContext) -> JSONObject {
        var row = metrics.asJSON
        row["is_best"] = .bool(EvaluationRow(metrics, context).best != nil)
        return row
    }

    private func end(_ context: TrainerContext) -> JSONObject {
        var row = totals
        row["data_wait"] = .double(context.measures.dataWait)
        row["evaluation_time"] = .double(context.measures.evaluation)
        row["save_time"] = .double(context.measures.saving)
        row["best_metric"] = context.state.bestMetric.map(JSONValue.double) ?? .null
        row["best_step"] = context.state.bestGlobalStep.map(JSONValue.int) ?? .null
        if !context.measures.pushes.facts.isEmpty {
            row["pushes"] = pushes(context.measures.pushes)
        }
        row["best_checkpoint"] = context.state.bestModelCheckpoint.map(JSONValue.string) ?? .null
        return row
    }

    private func pushes(_ report: PushReport) -> JSONValue {
        .object(
            JSONObject([
                ("repository", report.repository.map(JSONValue.string) ?? .null),
                ("done", .int(report.done)), ("skipped", .int(report.skipped)),
                ("failed", .int(report.failed)),
                ("problem", report.problem.map(JSONValue.string) ?? .null),
            ]))
    }

    private func write(_ event: String, _ members: JSONObject, _ context: TrainerContext) {
        var row = JSONObject([
            ("event", .string(event)), ("time", .double(unixTime())),
            ("step", .int(context.state.globalStep)),
            ("epoch", .double(context.state.epoch)),
        ])
        for (name, value) in members.members { row[name] = value.withoutNonFinite }
        context.console.notices.writeLine(JSONValue.object(row).serialized())
    }
}

/// Seconds since 1970, to the millisecond.
func unixTime() -> Double { (Date().timeIntervalSince1970 * 1000).rounded() / 1000 }

extension JSONValue {
    /// The value with `null` for numbers that JSON has no text for.
    var withoutNonFinite: JSONValue {
        switch self {
        case .double(let number): number.isFinite ? self : .null
        case .array(let elements): .array(elements.map(\.withoutNonFinite))
        case .object(let object):
            .object(JSONObject(object.members.map { ($0.key, $0.value.withoutNonFinite) }))
        default: self
        }
    }
}
