import FineTuneKit
import Foundation

/// Times stretches of steps with a save near their beginning, whose way takes turns.
final class SaveStretches: TrainerCallback {
    private enum Way: Int, CaseIterable {
        case plain, synced, checkpoint
    }

    private static let names = ["files, plainly", "files, each synced", "a checkpoint"]

    private static let (warmUp, stepsBefore) = (3, 1)

    let readsCheckpoints = false
    weak var trainer: Trainer?
    /// What is done when the optimizer has moments.
    var onFirstStep: () throws -> Void = {}
    private let turns: Int
    private let stepsAfter: Int
    private let scratch = NSTemporaryDirectory() + "save-cost-\(UUID().uuidString)"
    private var began = 0.0
    private var saveBegan = 0.0
    /// How long training stood still for a save; with a checkpoint also for the search for numbers that
    /// are not finite.
    private var waits = Timings(names)
    private var stretches = Timings(names)

    /// Creates the callback.
    ///
    /// - Parameters:
    ///   - turns: How often each way is timed.
    ///   - stepsAfter: The steps of a stretch after its save: enough for all that happens
    ///     meanwhile.
    init(turns: Int, stepsAfter: Int) { (self.turns, self.stepsAfter) = (turns, stepsAfter) }

    /// The steps between a stretch's beginning and its end.
    private var length: Int { Self.stepsBefore + stepsAfter }

    /// The steps of the whole comparison, whose first turn makes memory and caches ready.
    var stepCount: Int { Self.warmUp + (turns + 1) * Way.allCases.count * (length + 1) }

    func on(
        _ event: TrainerEvent, _ context: TrainerContext, _ control: inout TrainerControl
    ) throws {
        switch event {
        case .stepEnd:
            if context.state.globalStep == 1 { try onFirstStep() }
            try stepEnded(context.state.globalStep - Self.warmUp - 1, context, &control)
        case .save: waits.add(Way.checkpoint.rawValue, monotonicSeconds() - saveBegan)
        default: break
        }
    }

    private func stepEnded(
        _ step: Int, _ context: TrainerContext, _ control: inout TrainerControl
    ) throws {
        guard step >= 0 else { return }
        let (stretch, position) = step.quotientAndRemainder(dividingBy: length + 1)
        let way = Way.allCases[stretch % Way.allCases.count]
        if position == 0 {
            if stretch == Way.allCases.count { forgetFirstTurn() }
            if let trainer { try onQuietDisk(trainer) { _ in } }
            began = monotonicSeconds()
        }
        if position == Self.stepsBefore { try save(way, &control) }
        if position == length {
            try trainer?.settleCheckpoint()
            stretches.add(way.rawValue, monotonicSeconds() - began)
            removeCheckpoints(context.args.outputDir)
        }
    }

    private func forgetFirstTurn() {
        (waits, stretches) = (Timings(Self.names), Timings(Self.names))
    }

    private func save(_ way: Way, _ control: inout TrainerControl) throws {
        saveBegan = monotonicSeconds()
        guard way != .checkpoint else { return control.shouldSave = true }
        try writePlainly(isSynced: way == .synced)
        waits.add(way.rawValue, monotonicSeconds() - saveBegan)
    }

    private func writePlainly(isSynced: Bool) throws {
        try FileSystems.$current.withValue(PlainFileSystem(isSynced: isSynced)) {
            try trainer?.writeCheckpoint(to: URL(fileURLWithPath: scratch))
        }
    }

    private func removeCheckpoints(_ directory: String) {
        for path in savedSteps(directory).map({ "\(directory)/checkpoint-\($0)" }) + [scratch] {
            try? FileManager.default.removeItem(atPath: path)
        }
    }

    /// The medians of each way and of their quotients in one turn.
    var lines: [String] {
        let (plain, checkpoint) = (waits[Way.plain.rawValue], Way.checkpoint.rawValue)
        let total = zip(zip(stretches[checkpoint], stretches[Way.plain.rawValue]), plain).map {
            ($0.0 - $0.1) / $1 + 1
        }
        let ratio = waits.ratio(checkpoint, to: Way.plain.rawValue)
        return ["In a training, which waits for:"] + waits.lines
            + ["\(length) steps, until the files are where they belong:"] + stretches.lines + [
                "all that training waits for / plain files: \(shownRatio(ratio))",
                "all, the slower steps included / plain files: \(shownRatio(middle(total)))",
            ]
    }
}
