import FineTuneKit
import Foundation

/// What a checkpoint of weights and two moments each costs a training, beside the same files
/// written plainly, by the same writers.
struct SaveCost {
    private static let turns = 9

    private let isBase: Bool

    /// Of a model of the size of MiniLM with 6 layers, or of BERT-base.
    init(ofBase isBase: Bool) { self.isBase = isBase }

    /// Saves in each way in turn: by itself, then in the middle of steps.
    ///
    /// - Parameter show: Given lines with the times of each way, and what they are beside each other, as
    ///   they come.
    /// - Throws: An error when files cannot be written.
    func callAsFunction(_ show: @escaping ([String]) -> Void) throws {
        try withScratch { directory in
            let stretches = SaveStretches(turns: Self.turns, stepsAfter: isBase ? 4 : 12)
            let trainer = try Trainer(
                model: costModel(ofBase: isBase),
                args: TrainingArguments(
                    directory, maxSteps: stretches.stepCount, perDeviceTrainBatchSize: 8,
                    useCPU: true, progress: .none, saveStrategy: .no),
                trainDataset: costRows(steps: stretches.stepCount), callbacks: [stretches],
                console: Console(output: BufferSink(), notices: BufferSink()))
            stretches.trainer = trainer
            stretches.onFirstStep = {
                show([size(of: trainer)] + (try saves(of: trainer)))
            }
            try trainer.train()
            show(stretches.lines)
        }
    }

    private func size(of trainer: Trainer) -> String {
        let bytes = trainer.model.parameters().reduce(0) { $0 + $1.count * 12 }
        return
            "\(trainer.model.parameterCount()) parameters, \(bytes / 1_000_000) MB, \(Self.turns) turns"
    }

    /// Saves with nothing beside them.
    private func saves(of trainer: Trainer) throws -> [String] {
        var timings = Timings([
            "files, plainly", "files, each synced", "files with digests: what training waits for",
            "sync, manifest, name: on another thread",
        ])
        for turn in 0...Self.turns {
            // The first turn makes memory and caches ready.
            if turn == 1 { timings = Timings(timings.names) }
            for (way, isSynced) in [(0, false), (1, true)] {
                try onQuietDisk(trainer) { directory in
                    try FileSystems.$current.withValue(PlainFileSystem(isSynced: isSynced)) {
                        try timings.time(way) { try trainer.writeCheckpoint(to: directory) }
                    }
                }
            }
            try onQuietDisk(trainer) { directory in
                let store = CheckpointStore(directory: directory, runID: "cost")
                let staged = try timings.time(2) {
                    try store.stage(step: 1, trainer.writeCheckpoint)
                }
                try timings.time(3) { _ = try store.finish(staged) }
            }
        }
        return timings.lines + [
            "files with digests / plainly: \(shownRatio(timings.ratio(2, to: 0)))"
        ]
    }
}

/// Runs `body` with a new directory when nothing written before is still on its way to the disk,
/// and the system has memory at hand for as many bytes: a virtual machine gives memory that is
/// free for some seconds back to its host, and the first way of a turn would pay for that alone.
func onQuietDisk(_ trainer: Trainer, _ body: (URL) throws -> Void) throws {
    try withScratch { path in
        sync()
        try FileSystems.$current.withValue(PlainFileSystem(isSynced: false)) {
            try trainer.writeCheckpoint(to: URL(fileURLWithPath: path))
        }
    }
    try withScratch { try body(URL(fileURLWithPath: $0)) }
}

/// A ratio with two digits.
func shownRatio(_ ratio: Double) -> String {
    ratio.formatted(.number.precision(.fractionLength(2)))
}
