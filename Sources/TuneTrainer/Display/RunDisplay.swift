public import TuneBase
import TuneMetrics

/// Shows a run to a person: what it is going to do, rows of losses and rates, evaluations with a
/// `★` at a new best, and what came of it.
///
///     let trainer = try Trainer(model: model, args: args, trainDataset: train)
///     trainer.removeCallback(ProgressCallback.self)
///     trainer.addCallback(RunDisplay(.rich))
///
/// Everything goes to the stream of notices. ``Style/rich`` frames the beginning and the end and
/// keeps a status line below the rows, redrawn at most ten times a second; ``Style/plain`` writes
/// lines without any control character, for logs.
public final class RunDisplay: TrainerCallback {
    /// How a run looks.
    public enum Style: Sendable {
        case rich
        case plain
    }

    private let style: Style
    private let details: RunDetails
    private let endsWithTraining: Bool
    private let now: () -> Double
    private let memory: () -> Int

    private var meter = RunMeter()
    private var table: RowTable?
    private var totals = JSONObject()
    private var start = 0.0
    private var lastDrawn = -Double.infinity
    private var isTraining = false
    private var latest: TrainerContext?
    private var finalMeasures = RunMeasures()

    /// Creates a display.
    ///
    /// - Parameters:
    ///   - style: How the run looks.
    ///   - details: What the header says beyond what the trainer knows.
    ///   - endsWithTraining: Whether the summary is written as training ends; else the program
    ///     calls ``summarize(_:)``.
    public convenience init(
        _ style: Style, details: RunDetails = RunDetails(), endsWithTraining: Bool = true
    ) {
        self.init(
            style, details: details, endsWithTraining: endsWithTraining, now: monotonicSeconds,
            memory: peakMemory)
    }

    /// Creates a display with another clock and another measure of memory, for tests.
    package init(
        _ style: Style, details: RunDetails, endsWithTraining: Bool,
        now: @escaping () -> Double, memory: @escaping () -> Int
    ) {
        (self.style, self.details, self.endsWithTraining) = (style, details, endsWithTraining)
        (self.now, self.memory) = (now, memory)
    }

    /// The style for a stream: rich where a person watches and nobody asked for plain text.
    public static func style(for sink: any OutputSink) -> Style {
        sink.isTerminal && sink.allowsEscapes ? .rich : .plain
    }

    /// It looks at none.
    public var readsCheckpoints: Bool { false }

    /// Shows an event.
    public func on(
        _ event: TrainerEvent, _ context: TrainerContext, _ control: inout TrainerControl
    ) {
        latest = context
        switch event {
        case .trainBegin: begin(context)
        case .stepEnd: stepEnded(context)
        case .log(let row): show(row, context)
        case .predictionStep(let batch, let count): predicted(batch, of: count, context)
        case .evaluate(let metrics): show(metrics, context)
        case .predict: clearStatus(context)
        case .save: saved(context)
        case .trainEnd: end(context)
        default: break
        }
    }

    /// Writes what came of the run.
    ///
    /// - Parameter additions: Further lines, each a label with facts.
    public func summarize(_ additions: [(label: String, facts: [String])] = []) {
        guard let latest else { return }
        clearStatus(latest)
        write(
            RunSummary(
                context: latest, totals: totals, measures: finalMeasures, memory: memory(),
                additions: additions
            ).block,
            latest.console.notices)
    }

    private func begin(_ context: TrainerContext) {
        start = now()
        (table, isTraining, totals) = (nil, true, JSONObject())
        meter.begin(context.measures, at: start)
        write(RunHeader(details: details, context: context).block, context.console.notices)
        drawStatus(context, at: start)
    }

    private func stepEnded(_ context: TrainerContext) {
        let time = now()
        meter.stepEnded(context.measures, at: time)
        if time - lastDrawn >= 0.1 { drawStatus(context, at: time) }
    }

    private func show(_ row: JSONObject, _ context: TrainerContext) {
        if row["train_runtime"] != nil {
            totals = row
        } else if row["loss"] != nil {
            let line = presentTable(context).line(
                meter.row(row, context, at: now(), memory: memory()))
            context.console.notices.writeAbove(line)
        } else if !row.keys.contains(where: { $0.contains("_runtime") }) {
            context.console.notices.writeAbove(others(row, context))
        }
    }

    /// A row that a program logged itself.
    private func others(_ row: JSONObject, _ context: TrainerContext) -> String {
        let values = row.members.filter { $0.key != "epoch" }.map { key, value in
            "  " + singleLine(key) + " "
                + (value.double.map(Quantity.score) ?? singleLine(value.serialized()))
        }
        let state = context.state
        return presentTable(context).beginning(step: state.globalStep, epoch: state.epoch)
            + values.joined()
    }

    private func show(_ metrics: MetricResult, _ context: TrainerContext) {
        guard isTraining else { return clearStatus(context) }
        let sink = context.console.notices
        let line = EvaluationRow(metrics, context).line(
            presentTable(context), width: sink.columns,
            colours: style == .rich && sink.allowsEscapes)
        sink.writeAbove(line)
        drawStatus(context, at: now())
    }

    private func saved(_ context: TrainerContext) {
        guard style == .plain else { return drawStatus(context, at: now()) }
        let state = context.state
        let verb = context.completeCheckpoint == state.globalStep ? "saved" : "saving"
        context.console.notices.writeAbove(
            presentTable(context).beginning(step: state.globalStep, epoch: state.epoch)
                + "  \(verb) checkpoint-\(state.globalStep)")
    }

    private func end(_ context: TrainerContext) {
        (isTraining, finalMeasures) = (false, context.measures)
        clearStatus(context)
        if endsWithTraining { summarize() }
    }

    /// The columns for the present width; headings are written where they are new.
    private func presentTable(_ context: TrainerContext) -> RowTable {
        let sink = context.console.notices
        let new = RowTable(totalSteps: context.state.maxSteps, width: sink.columns)
        guard new != table else { return new }
        table = new
        let colours = style == .rich && sink.allowsEscapes
        sink.writeAbove(new.headings.styled(.bold, allowed: colours))
        return new
    }

    private func write(_ block: InfoBlock, _ sink: any OutputSink) {
        switch style {
        case .rich: sink.writeAbove(block.framed(width: sink.columns, colours: sink.allowsEscapes))
        case .plain: sink.writeAbove(block.plain(width: sink.isTerminal ? sink.columns : .max))
        }
    }

    private func predicted(_ batch: Int, of count: Int, _ context: TrainerContext) {
        let time = now()
        guard time - lastDrawn >= 0.1 else { return }
        draw(
            StatusLine(label: "eval", count: batch, total: count, elapsed: time - start),
            context, at: time)
    }

    private func drawStatus(_ context: TrainerContext, at time: Double) {
        guard isTraining else { return }
        let state = context.state
        draw(
            StatusLine(
                label: "train", count: state.globalStep, total: state.maxSteps,
                elapsed: time - start, remaining: meter.remaining(context),
                checkpoint: context.completeCheckpoint), context, at: time)
    }

    private func draw(_ line: StatusLine, _ context: TrainerContext, at time: Double) {
        let sink = context.console.notices
        guard style == .rich, sink.isTerminal else { return }
        lastDrawn = time
        sink.liveLine.show(
            line.text(width: sink.columns - 1, colours: sink.allowsEscapes), on: sink)
    }

    private func clearStatus(_ context: TrainerContext) {
        let sink = context.console.notices
        if style == .rich, sink.isTerminal { sink.liveLine.clear(on: sink) }
    }
}
