import Foundation
import TuneBase
import TuneTestSupport
import TuneTrainer

/// The directory of the run on a simulated disk.
let runDirectory = URL(fileURLWithPath: "/run", isDirectory: true)

/// Small files under the names of a real checkpoint, told apart by step and version.
struct SyntheticCheckpoint: Equatable {
    static let names = [
        "config.json", "model.safetensors", "optimizer.safetensors", "scheduler.json",
        "rng_state.safetensors", "trainer_state.json", "training_args.json",
    ]

    let step: Int
    var version = 0

    func content(_ name: String) -> Data {
        let line = "\(name) of step \(step), version \(version)\n"
        return Data(String(repeating: line, count: name.hasPrefix("model") ? 9 : 2).utf8)
    }

    /// The bytes of all files.
    var size: Int { Self.names.reduce(0) { $0 + content($1).count } }

    /// Writes the files as the writers of models and tokenizers do, the large one in two pieces.
    func write(to directory: URL) throws {
        for name in Self.names {
            let content = content(name)
            try writeFileAtomically(directory.appendingPathComponent(name)) { file in
                let middle = name.hasPrefix("model") ? content.count / 3 : content.count
                try file.write(contentsOf: content.prefix(middle))
                try file.write(contentsOf: content.dropFirst(middle))
            }
        }
    }

    /// Whether a directory holds these files and a manifest, and nothing else.
    func isIn(_ directory: URL, _ fileSystem: any FileSystem) throws -> Bool {
        let names = try Set(fileSystem.list(directory))
        return try names == Set(Self.names + ["manifest.json"])
            && Self.names.allSatisfy {
                try fileSystem.read(directory.appendingPathComponent($0)) == content($0)
            }
    }
}

extension CheckpointStore {
    /// A store of ``runDirectory`` as a process has it whose predecessors are all dead.
    static func simulated(
        _ fileSystem: any FileSystem, process: Int32 = 1, runID: String = "run"
    ) -> CheckpointStore {
        CheckpointStore(
            directory: runDirectory, runID: runID, fileSystem: fileSystem, processID: process,
            isAlive: { _ in false })
    }

    @discardableResult
    func publish(_ checkpoint: SyntheticCheckpoint) throws -> Checkpoint {
        try publish(step: checkpoint.step) { try checkpoint.write(to: $0) }
    }
}

/// A disk with the directory of a run and some checkpoints.
func disk(with steps: [Int] = []) throws -> SimulatedDisk {
    let disk = SimulatedDisk()
    try disk.createDirectory(runDirectory)
    try disk.sync(URL(fileURLWithPath: "/"))
    for step in steps {
        try CheckpointStore.simulated(disk).publish(SyntheticCheckpoint(step: step))
    }
    return disk
}
