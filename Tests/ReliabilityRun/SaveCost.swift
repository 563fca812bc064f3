import Crypto
import FineTuneKit
import Foundation

/// What hashing and waiting for the disk cost: a checkpoint of weights and two moments each beside
/// the same files written plainly.
struct SaveCost {
    private static let turns = 9

    private let trainer: Trainer

    /// A model of the size of MiniLM with 6 layers (22.7 million parameters), or of BERT-base (109.5
    /// million), after one step of training.
    init(ofBase isBase: Bool) throws {
        var config = BERTConfig(numLabels: 2)
        if !isBase {
            (config.hiddenSize, config.intermediateSize, config.numHiddenLayers) = (384, 1536, 6)
        }
        setSeed(1)
        let model = try BERTForSequenceClassification(config)
        trainer = try withScratch { directory in
            let trainer = try Trainer(
                model: model,
                args: TrainingArguments(
                    directory, maxSteps: 1, useCPU: true, progress: .none, saveStrategy: .no),
                trainDataset: tinyData().removeColumns(["strength"]),
                console: Console(output: BufferSink(), notices: BufferSink()))
            try trainer.train()
            // Moments of rows that the step did not reach would be zeros.
            for (_, tensor) in trainer.optimizer?.exportedState.tensors ?? [] {
                withoutGradients { _ = tensor.normal_() }
            }
            return trainer
        }
    }

    /// Measures the ways in turn.
    ///
    /// - Returns: Lines with the times of each way and what they are beside each other.
    /// - Throws: An error when files cannot be written.
    func callAsFunction() throws -> [String] {
        var timings = Timings([
            "checkpoint: hashed, synced, renamed", "plain: the same files, nothing else",
            "plain, each file synced", "hashing alone, in memory",
        ])
        for turn in 0...Self.turns {
            // The first turn makes memory and caches ready.
            if turn == 1 { timings = Timings(timings.names) }
            try measure(&timings)
        }
        let ratios = [
            "checkpoint / plain: \(shown(timings.ratio(0, to: 1)))",
            "checkpoint / plain, each file synced: \(shown(timings.ratio(0, to: 2)))",
        ]
        return [
            "\(trainer.model.parameterCount()) parameters, \(byteCount / 1_000_000) MB, \(Self.turns) turns"
        ] + timings.lines + ratios
    }

    private func measure(_ timings: inout Timings) throws {
        try onQuietDisk { directory in
            let store = CheckpointStore(directory: directory, runID: "cost")
            try timings.time(0) {
                try store.publish(step: 1, trainer.writeCheckpoint)
            }
        }
        for (way, isSynced) in [(1, false), (2, true)] {
            try onQuietDisk { directory in
                try FileSystems.$current.withValue(PlainFileSystem(isSynced: isSynced)) {
                    try timings.time(way) {
                        try trainer.writeCheckpoint(to: directory)
                    }
                }
            }
        }
        timings.time(3) { hashAll() }
    }

    private func hashAll() {
        var hash = SHA256()
        for tensor in tensors { tensor.withUnsafeBytes { hash.update(bufferPointer: $0) } }
        _ = hash.finalize()
    }

    private var tensors: [Tensor] {
        trainer.model.parameters() + (trainer.optimizer?.exportedState.tensors.map(\.1) ?? [])
    }

    private var byteCount: Int { tensors.reduce(0) { $0 + $1.count * $1.dtype.byteSize } }

    /// Runs `body` with a new directory when nothing written before is still on its way to the disk,
    /// and the system has memory at hand for as many bytes: a virtual machine gives memory that is
    /// free for some seconds back to its host, and the first way of a turn would pay for that alone.
    private func onQuietDisk(_ body: (URL) throws -> Void) throws {
        try withScratch { path in
            try FileSystems.$current.withValue(PlainFileSystem(isSynced: false)) {
                try trainer.writeCheckpoint(to: URL(fileURLWithPath: path))
            }
        }
        try withScratch { path in
            sync()
            try body(URL(fileURLWithPath: path))
        }
    }

    private func shown(_ ratio: Double) -> String {
        ratio.formatted(.number.precision(.fractionLength(2)))
    }
}
