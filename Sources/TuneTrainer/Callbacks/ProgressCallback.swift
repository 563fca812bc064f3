import TuneBase

/// Shows progress bars for training and evaluation, with log rows above them.
///
/// The bars need a terminal; the rows are written in any case.
public struct ProgressCallback: TrainerCallback {
    private var trainingBar: ProgressBar?
    private var predictionBar: ProgressBar?

    /// Creates the callback.
    public init() {}

    /// Draws.
    public mutating func on(
        _ event: TrainerEvent, _ context: TrainerContext, _ control: inout TrainerControl
    ) {
        switch event {
        case .trainBegin:
            trainingBar = ProgressBar(
                total: context.state.maxSteps, sink: context.console.notices)
        case .stepEnd: trainingBar?.advance()
        case .predictionStep(_, let count): predictionAdvanced(of: count, context.console)
        case .evaluate, .predict:
            predictionBar?.close()
            predictionBar = nil
        case .log(let row): show(row, context.console)
        case .trainEnd:
            trainingBar?.close()
            trainingBar = nil
        default: break
        }
    }

    private mutating func predictionAdvanced(of count: Int, _ console: Console) {
        let bar =
            predictionBar
            ?? ProgressBar(
                total: count, label: trainingBar == nil ? "" : "eval",
                leavesLine: trainingBar == nil, sink: console.notices)
        predictionBar = bar
        bar.advance()
    }

    private func show(_ row: JSONObject, _ console: Console) {
        guard let trainingBar else { return }
        predictionBar?.clear()
        trainingBar.write(logLine(row), to: console.output)
    }
}
