import FineTuneKit

/// How `finetune train` shows a run: rich on a terminal and plain elsewhere, or as `--progress`
/// says.
struct RunConsole {
    private let display: RunDisplay?
    private let callbacks: [any TrainerCallback]

    /// Chooses the display; notices of this process take the same form.
    init(_ arguments: TrainingArguments, details: RunDetails) {
        let style: RunDisplay.Style? =
            switch arguments.progress {
            case .auto:
                arguments.disableTqdm == true
                    ? .plain : RunDisplay.style(for: StreamSink.standardError)
            case .rich: .rich
            case .plain: .plain
            case .json, .none: nil
            }
        display = style.map { RunDisplay($0, details: details, endsWithTraining: false) }
        callbacks = display.map { [$0] } ?? (arguments.progress == .json ? [EventLines()] : [])
    }

    /// Makes notices fit the kind of progress, before anything is written.
    static func adaptNotices(to progress: ProgressStyle) {
        switch progress {
        case .json: Notices.use(.json)
        case .none: Notices.use(.problems)
        default: break
        }
    }

    /// Puts the display in the place of the library's.
    func attach(to trainer: Trainer) {
        trainer.removeCallback(ProgressCallback.self)
        trainer.removeCallback(PrinterCallback.self)
        trainer.removeCallback(RunDisplay.self)
        trainer.removeCallback(EventLines.self)
        for callback in callbacks { trainer.addCallback(callback) }
    }

    /// Says what came of the run.
    func summarize(_ additions: [(label: String, facts: [String])]) {
        display?.summarize(additions)
    }
}
