public import Foundation
import TuneBase
public import TuneNN
import TuneOptim
import TuneTorch

/// A checkpoint of Python's Trainer, read without executing anything, to be finished here.
///
///     let checkpoint = try PythonCheckpoint(directory, model: model)
///     let place = try checkpoint.publish(in: output)
///     try trainer.train(resumeFromCheckpoint: .checkpoint(place.path))
///
/// The states of optimizer, schedule, loss scaling and random generators, which Python keeps as
/// pickled objects, become safetensors and JSON; weights, configuration, tokenizer and history
/// are taken as they are. `training_args.bin` is never read.
public struct PythonCheckpoint {
    /// The optimizer step at which it was made.
    public let step: Int
    /// What was taken over, one line for each file.
    public let taken: [String]
    /// What was left out, and why.
    public let leftOut: [String]

    private let directory: URL
    private let copied: [String]
    private let optimizer: OptimizerState
    private let schedule: JSONObject
    private let random: RandomStates
    private let lossScaling: JSONObject?

    /// Reads a checkpoint and compares it with the model it was made of.
    ///
    /// - Parameters:
    ///   - directory: `checkpoint-<step>`.
    ///   - model: The model of the checkpoint, with the parameters trainable that were trained.
    /// - Throws: `TuneError` that names the file which is missing, does not fit, or holds anything
    ///   else than the states of optimizers and schedules known here.
    public init(_ directory: URL, model: any TrainableModel) throws {
        let files = try PythonCheckpointFiles(directory)
        let state = try TrainerState(
            json: JSONValue(contentsOf: files.url("trainer_state.json")),
            source: files.url("trainer_state.json").path)
        let groups = decayGroups(model, learningRate: 0, weightDecay: 0)
        let optimizer = try PythonOptimizer(
            TorchFile(contentsOf: files.url("optimizer.pt")), groups: groups)
        let schedule = try PythonSchedule(TorchFile(contentsOf: files.url("scheduler.pt")))
        let random =
            try files.has("rng_state.pth")
            ? pythonRandomStates(
                TorchFile(contentsOf: files.url("rng_state.pth"))) : [:]
        lossScaling =
            try files.has("scaler.pt")
            ? pythonLossScaling(TorchFile(contentsOf: files.url("scaler.pt"))) : nil
        (self.directory, step, copied) = (directory, state.globalStep, files.copied)
        (self.optimizer, self.schedule) = (optimizer.state, schedule.state)
        self.random = RandomStates(random)
        let count = Set(optimizer.state.tensors.map { $0.0.prefixBeforeLastDot }).count
        var taken = [
            "\(files.copied.joined(separator: ", ")): as they are",
            "optimizer.pt: \(optimizer.kind), the state of \(count) parameters",
            "scheduler.pt: \(schedule.steps) steps, learning rates \(schedule.rates)",
        ]
        if !random.isEmpty {
            let names = random.keys.sorted().joined(separator: ", ")
            taken.append("rng_state.pth: the generators \(names)")
        }
        if lossScaling != nil { taken.append("scaler.pt: the scale of the loss") }
        self.taken = taken
        leftOut = files.leftOut + Self.advice(state, step: step)
    }

    /// Writes the checkpoint as one of ours.
    ///
    /// - Parameter output: The output directory of the training that shall go on; it may hold
    ///   other checkpoints of the run.
    /// - Returns: `checkpoint-<step>` in it.
    /// - Throws: `TuneError` when there is one of this step already, when another process trains
    ///   there, and when the files cannot be written; nothing is left behind then.
    public func publish(in output: URL) throws -> URL {
        try createDirectory(output)
        let lock = try RunLock(output)
        defer { lock.release() }
        let store = try CheckpointStore.open(output)
        guard try !store.steps().contains(step) else {
            throw TuneError(
                .cannotCreate, "\(store.url(step: step).path) exists already.",
                remedy: "Choose another output directory.")
        }
        return try store.publish(step: step, estimatedBytes: size, write).url
    }

    /// About how many bytes the files take.
    private var size: Int {
        let files = copied.map { directory.appendingPathComponent($0) }
        let sizes = files.compactMap { try? FileSystems.current.status($0)?.size }
        return optimizer.tensors.reduce(sizes.reduce(0, +)) {
            $0 + $1.1.count * $1.1.dtype.byteSize
        }
    }

    private func write(to target: URL) throws {
        for name in copied {
            try copyFile(
                directory.appendingPathComponent(name), to: target.appendingPathComponent(name))
        }
        try CheckpointFiles(target).write(
            optimizer: optimizer, scheduler: schedule, scaler: lossScaling, random: random)
    }

    /// What the user has to see to.
    private static func advice(_ state: TrainerState, step: Int) -> [String] {
        guard let best = state.bestGlobalStep, best != step else { return [] }
        return [
            "checkpoint-\(best), the best so far: convert it into the same directory too if the best model shall be loaded at the end"
        ]
    }
}

extension String {
    /// The name of the parameter in the name of a state.
    fileprivate var prefixBeforeLastDot: String {
        lastIndex(of: ".").map { String(self[..<$0]) } ?? self
    }
}

/// Copies a file in pieces.
private func copyFile(_ file: URL, to target: URL) throws {
    try writeFileAtomically(target) { output in
        try FileSystems.current.readPieces(file) { try output.write($0) }
    }
}
