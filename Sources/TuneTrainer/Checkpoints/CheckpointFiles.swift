import Foundation
import TuneBase
import TuneOptim
import TuneTorch

/// The files of a checkpoint beside those of the model: what a training needs to go on.
struct CheckpointFiles {
    private let directory: URL

    init(_ directory: URL) { self.directory = directory }

    /// The history and counts, in Python's format.
    var trainerState: URL { directory.appendingPathComponent("trainer_state.json") }

    /// Whether the directory holds more than the model and its history.
    var hasResumeState: Bool { exists("optimizer.json") }

    /// Whether the position in the data is told; converted checkpoints of Python leave it to the
    /// number of steps.
    var hasProgress: Bool { exists("progress.json") }

    /// Whether Python's Trainer wrote the directory.
    var isOfPython: Bool { exists("optimizer.pt") || exists("training_args.bin") }

    private func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: directory.appendingPathComponent(name).path)
    }

    /// Writes everything that is known.
    func write(
        optimizer: OptimizerState, scheduler: JSONObject, scaler: JSONObject?,
        random: RandomStates, passStart: RandomStates? = nil, progress: StepProgress? = nil
    ) throws {
        try writeSafetensors(optimizer.tensors, to: file("optimizer.safetensors"))
        try write(optimizer.values, to: "optimizer.json")
        try write(scheduler, to: "scheduler.json")
        if let scaler { try write(scaler, to: "scaler.json") }
        try writeSafetensors(
            random.tensors() + (passStart?.tensors(prefix: passStartPrefix) ?? []),
            to: file("rng_state.safetensors"))
        if let progress { try write(progress.json, to: "progress.json") }
    }

    /// The optimizer's state.
    func optimizer() throws -> OptimizerState {
        let tensors = try SafetensorsFile(contentsOf: file("optimizer.safetensors"))
        return OptimizerState(
            tensors: try tensors.names.map { ($0, try tensors.tensor($0)) },
            values: try object("optimizer.json"))
    }

    /// The schedule's state.
    func scheduler() throws -> JSONObject { try object("scheduler.json") }

    /// The state of the scaling of losses; nil where none was needed.
    func scaler() throws -> JSONObject? {
        exists("scaler.json") ? try object("scaler.json") : nil
    }

    /// The generators' states at the checkpoint, and at the beginning of its pass.
    func random() throws -> (now: RandomStates, passStart: RandomStates?) {
        let all = try RandomStates(contentsOf: file("rng_state.safetensors"))
        let start = all.states.filter { $0.key.hasPrefix(passStartPrefix) }
        let named = start.map { (String($0.key.dropFirst(passStartPrefix.count)), $0.value) }
        return (
            RandomStates(all.states.filter { start[$0.key] == nil }),
            start.isEmpty ? nil : RandomStates(Dictionary(uniqueKeysWithValues: named))
        )
    }

    /// The position in the data and the like.
    func progress() throws -> StepProgress {
        try StepProgress(
            json: JSONValue(contentsOf: file("progress.json")), source: file("progress.json").path)
    }

    /// The history and counts.
    func state() throws -> TrainerState {
        try TrainerState(json: JSONValue(contentsOf: trainerState), source: trainerState.path)
    }

    private func file(_ name: String) -> URL { directory.appendingPathComponent(name) }

    private func object(_ name: String) throws -> JSONObject {
        try JSONFields(JSONValue(contentsOf: file(name)), source: file(name).path).object
    }

    private func write(_ object: JSONObject, to name: String) throws {
        try writeFileAtomically(
            file(name), JSONValue.object(object).serialized(indent: 2) + "\n")
    }
}

/// What the names of states at the beginning of a pass begin with.
private let passStartPrefix = "pass_start."
