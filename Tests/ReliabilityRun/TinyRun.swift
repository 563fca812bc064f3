import Crypto
import FineTuneKit
import Foundation

/// The steps of a run that nothing disturbs.
let wholeRun = 40

/// A training of 40 steps in a directory.
struct TinyRun {
    /// Where its checkpoints go.
    var directory: String
    /// The seed of weights and draws.
    var seed = 0
    /// The other arguments.
    var change: (inout TrainingArguments) -> Void = { _ in }
    /// Watch and disturb the run.
    var callbacks: [any TrainerCallback] = []
    /// A row whose input is not finite.
    var badRow: Int?
    /// A step whose loss is multiplied by a number.
    var badLoss: (step: Int, factor: Double)?

    /// A step in which memory does not suffice for a whole batch.
    var fullMemoryStep: Int?

    private var arguments: TrainingArguments {
        var args = TrainingArguments(
            directory, maxSteps: wholeRun, perDeviceTrainBatchSize: 4, learningRate: 1e-3,
            useCPU: true, loggingSteps: 4, disableTqdm: true, progress: .none, saveSteps: 1,
            saveTotalLimit: 3, seed: seed)
        change(&args)
        return args
    }

    /// A trainer whose model and random draws are those of every other trainer of this run.
    func trainer() throws -> Trainer {
        let trainer = try SpoiledTrainer(
            model: TinyModel(seed: seed), args: arguments, trainDataset: tinyData(badRow: badRow),
            callbacks: callbacks,
            console: Console(output: BufferSink(), notices: BufferSink()))
        (trainer.badLoss, trainer.fullMemoryStep) = (badLoss, fullMemoryStep)
        return trainer
    }

    /// Trains to the end.
    ///
    /// - Returns: The digest of the result.
    func finish(_ source: ResumeSource = .none) throws -> String {
        let trainer = try trainer()
        try trainer.train(resumeFromCheckpoint: source)
        return digest(of: trainer)
    }
}

/// A trainer with one loss that is not that of the model, or one for which memory runs out.
private final class SpoiledTrainer: Trainer {
    var badLoss: (step: Int, factor: Double)?

    var fullMemoryStep: Int?

    override func computeLoss(_ inputs: TensorBatch, numItemsInBatch: Int?) throws -> ModelOutput {
        if state.globalStep + 1 == fullMemoryStep {
            fullMemoryStep = nil
            throw TorchError(operation: "linear", message: "no memory", isOutOfMemory: true)
        }
        var output = try super.computeLoss(inputs, numItemsInBatch: numItemsInBatch)
        if let badLoss, state.globalStep + 1 == badLoss.step {
            output.loss = output.loss.map { $0 * badLoss.factor }
        }
        return output
    }
}

/// SHA-256 of all weights and of the history without its times.
func digest(of trainer: Trainer) -> String {
    var hash = SHA256()
    for (name, tensor) in trainer.model.namedParameters() {
        hash.update(data: Data(name.utf8))
        tensor.withUnsafeBytes { hash.update(bufferPointer: $0) }
    }
    for row in trainer.logHistory {
        let timeless = row.members.filter { key, _ in
            !["runtime", "per_second", "preparation_time"].contains { key.hasSuffix($0) }
        }.sorted { $0.key < $1.key }
        let text = JSONValue.object(JSONObject(timeless.map { ($0.key, $0.value) })).serialized()
        hash.update(data: Data(text.utf8))
    }
    return hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}

/// The steps of the checkpoints in a directory, ascending.
func savedSteps(_ directory: String) -> [Int] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    return names.compactMap { name in
        name.hasPrefix("checkpoint-") ? Int(name.dropFirst("checkpoint-".count)) : nil
    }.sorted()
}

/// Runs `body` with a directory that is deleted at the end.
func withScratch<Result>(_ body: (String) throws -> Result) throws -> Result {
    let path = NSTemporaryDirectory() + "reliability-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(path)
}
