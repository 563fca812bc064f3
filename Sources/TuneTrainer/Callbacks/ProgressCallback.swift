import TuneBase

/// Shows progress bars for training and evaluation, with log rows above them.
///
/// The bars need a terminal; the rows are written in any case.
public struct ProgressCallback: TrainerCallback {
    /// The number of characters from which on a text in a row is not shown.
    public let maxTextLength: Int

    private var trainingBar: ProgressBar?
    private var predictionBar: ProgressBar?

    /// Creates the callback.
    ///
    /// - Parameter maxTextLength: Longer texts in a row are left out, with a word about it.
    public init(maxTextLength: Int = 100) { self.maxTextLength = maxTextLength }

    /// It looks at none.
    public var readsCheckpoints: Bool { false }

    /// Draws.
    public mutating func on(
        _ event: TrainerEvent, _ context: TrainerContext, _ control: inout TrainerControl
    ) {
        switch event {
        case .trainBegin:
            trainingBar = ProgressBar(
                total: context.state.maxSteps, initial: context.measures.firstStep,
                sink: context.console.notices)
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
        trainingBar.write(logLine(shortened(row)), to: console.output)
    }

    /// The row without texts that would fill the screen.
    private func shortened(_ row: JSONObject) -> JSONObject {
        JSONObject(
            row.members.map { name, value in
                guard let text = value.string, text.count > maxTextLength else {
                    return (name, value)
                }
                return (name, .string("[A text of \(text.count) characters; see maxTextLength.]"))
            })
    }
}
