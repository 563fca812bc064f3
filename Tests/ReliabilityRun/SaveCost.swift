import FineTuneKit
import Foundation

/// What a checkpoint of weights and two moments each costs a training, beside the same files
/// written plainly, by the same writers.
struct SaveCost {
    private let isBase: Bool

    /// Of a model of the size of MiniLM with 6 layers, or of BERT-base.
    init(ofBase isBase: Bool) { self.isBase = isBase }

    /// Trains, with saves of each way in turn.
    ///
    /// - Returns: Lines with the times of each way and what they are beside each other.
    /// - Throws: An error when files cannot be written.
    func callAsFunction() throws -> [String] {
        try withScratch { directory in
            let comparison = SaveComparison(stepsAfter: isBase ? 4 : 12)
            let trainer = try Trainer(
                model: costModel(ofBase: isBase),
                args: TrainingArguments(
                    directory, maxSteps: comparison.stepCount, perDeviceTrainBatchSize: 8,
                    useCPU: true, progress: .none, saveStrategy: .no),
                trainDataset: costRows(steps: comparison.stepCount), callbacks: [comparison],
                console: Console(output: BufferSink(), notices: BufferSink()))
            comparison.trainer = trainer
            try trainer.train()
            let bytes = trainer.model.parameters().reduce(0) { $0 + $1.count * 12 }
            return [
                "\(trainer.model.parameterCount()) parameters, \(bytes / 1_000_000) MB"
            ] + comparison.lines
        }
    }
}

/// Times stretches of steps with a save near their beginning, whose way takes turns.
private final class SaveComparison: TrainerCallback {
    private enum Way: Int, CaseIterable {
        case checkpoint, plain, synced
    }

    private static let (turns, warmUp, stepsBefore) = (9, 3, 1)

    let readsCheckpoints = false
    weak var trainer: Trainer?
    private let stepsAfter: Int
    private let scratch = NSTemporaryDirectory() + "save-cost-\(UUID().uuidString)"
    private var began = 0.0
    private var saveBegan = 0.0
    private var savingBefore = 0.0
    /// Seconds that training stood still for a save, those of them spent on writing, and of the whole
    /// stretch.
    private var waits = Stopwatch()
    private var writings = Stopwatch()
    private var stretches = Stopwatch()

    /// - Parameter stepsAfter: The steps of a stretch after its save: enough for all that happens
    ///   meanwhile.
    init(stepsAfter: Int) { self.stepsAfter = stepsAfter }

    /// The steps between a stretch's beginning and its end.
    private var length: Int { Self.stepsBefore + stepsAfter }

    /// The steps of the whole comparison, whose first turn makes memory and caches ready.
    var stepCount: Int { Self.warmUp + (Self.turns + 1) * Way.allCases.count * (length + 1) }

    func on(
        _ event: TrainerEvent, _ context: TrainerContext, _ control: inout TrainerControl
    ) throws {
        switch event {
        case .stepEnd:
            try stepEnded(context.state.globalStep - Self.warmUp - 1, context, &control)
        case .save: noteSave(monotonicSeconds() - saveBegan, context.measures)
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
            try makeMemoryReady()
            began = monotonicSeconds()
        }
        if position == Self.stepsBefore { try save(way, context, &control) }
        if position == length {
            try trainer?.settleCheckpoint()
            stretches.add(way.rawValue, monotonicSeconds() - began)
            removeCheckpoints(context.args.outputDir)
        }
    }

    private func forgetFirstTurn() {
        (waits, writings, stretches) = (Stopwatch(), Stopwatch(), Stopwatch())
    }

    private func save(
        _ way: Way, _ context: TrainerContext, _ control: inout TrainerControl
    ) throws {
        (saveBegan, savingBefore) = (monotonicSeconds(), context.measures.saving)
        guard way != .checkpoint else { return control.shouldSave = true }
        try writePlainly(isSynced: way == .synced)
        waits.add(way.rawValue, monotonicSeconds() - saveBegan)
    }

    private func noteSave(_ seconds: Double, _ measures: RunMeasures) {
        waits.add(Way.checkpoint.rawValue, seconds)
        writings.add(Way.checkpoint.rawValue, measures.saving - savingBefore)
    }

    private func writePlainly(isSynced: Bool) throws {
        try FileSystems.$current.withValue(PlainFileSystem(isSynced: isSynced)) {
            try trainer?.writeCheckpoint(to: URL(fileURLWithPath: scratch))
        }
    }

    /// Waits until nothing is on its way to the disk, and the system has memory at hand for the files:
    /// a virtual machine gives memory that is free for some seconds back to its host, and the first way
    /// of a turn would pay for that alone.
    private func makeMemoryReady() throws {
        sync()
        try writePlainly(isSynced: false)
        try FileManager.default.removeItem(atPath: scratch)
    }

    private func removeCheckpoints(_ directory: String) {
        for path in savedSteps(directory).map({ "\(directory)/checkpoint-\($0)" }) + [scratch] {
            try? FileManager.default.removeItem(atPath: path)
        }
    }

    /// The medians of each way and of their quotients in one turn.
    var lines: [String] {
        let (checkpoint, plain, synced) = (
            Way.checkpoint.rawValue, Way.plain.rawValue, Way.synced.rawValue
        )
        let total = zip(stretches[checkpoint], zip(stretches[plain], waits[plain])).map {
            ($0 - $1.0) / $1.1 + 1
        }
        return [
            "\(Self.turns) turns; training waits for:",
            "plain files, not synced: \(waits.line(plain))",
            "plain files, each synced: \(waits.line(synced))",
            "a checkpoint, its files written with digests: \(writings.line(checkpoint))",
            "a checkpoint, with the search for numbers that are not finite: \(waits.line(checkpoint))",
            "\(length) steps with plain files: \(stretches.line(plain))",
            "\(length) steps with synced files: \(stretches.line(synced))",
            "\(length) steps with a checkpoint, until it is on the disk: \(stretches.line(checkpoint))",
            "written with digests / plain: \(writings.ratio(checkpoint, to: waits[plain]))",
            "all that training waits for / plain: \(waits.ratio(checkpoint, to: waits[plain]))",
            "all, the slower steps included / plain: \(shown(middle(total)))",
        ]
    }
}

/// Seconds by way.
private struct Stopwatch {
    private var seconds: [Int: [Double]] = [:]

    subscript(way: Int) -> [Double] { seconds[way] ?? [] }

    mutating func add(_ way: Int, _ duration: Double) { seconds[way, default: []].append(duration) }

    /// Median and range.
    func line(_ way: Int) -> String {
        let numbers = [middle(self[way]), self[way].min() ?? 0, self[way].max() ?? 0].map {
            ($0 * 1e3).formatted(.number.precision(.fractionLength(1)).grouping(.never))
        }
        return "\(numbers[0]) ms (\(numbers[1]) to \(numbers[2]))"
    }

    /// The median of the quotients of one turn each.
    func ratio(_ way: Int, to others: [Double]) -> String {
        shown(middle(zip(self[way], others).map { $0 / $1 }))
    }
}

private func shown(_ ratio: Double) -> String {
    ratio.formatted(.number.precision(.fractionLength(2)))
}

/// The median.
func middle(_ numbers: [Double]) -> Double {
    guard !numbers.isEmpty else { return .nan }
    let sorted = numbers.sorted()
    let half = sorted.count / 2
    return sorted.count.isMultiple(of: 2) ? (sorted[half - 1] + sorted[half]) / 2 : sorted[half]
}
