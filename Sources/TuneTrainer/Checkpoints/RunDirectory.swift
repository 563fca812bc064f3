import Foundation
import Logging
import TuneBase

/// The output directory of a training, while this process alone may write to it.
final class RunDirectory {
    private let url: URL
    private let lock: RunLock
    private var store: CheckpointStore
    private let logger: Logger
    /// The end of the last save; nothing else happens to checkpoints before it.
    private var completion: CheckpointCompletion?

    /// Takes the right to write to a directory.
    ///
    /// - Parameters:
    ///   - directory: The directory, which exists.
    ///   - logger: Told of what was found damaged or could not be tidied up.
    /// - Throws: `TuneError` when another process writes there.
    init(_ directory: URL, logger: Logger) throws {
        url = directory.standardizedFileURL
        lock = try RunLock(directory)
        store = try CheckpointStore.open(directory)
        self.logger = logger
    }

    deinit {
        completion?.wait()
        lock.release()
    }

    /// Begins a run of its own; checkpoints of earlier ones are set aside.
    func beginRun() throws { store = try CheckpointStore.open(url, fresh: true) }

    /// Takes another course from a checkpoint on: later ones are set aside, or all of them where it
    /// is not of this directory.
    func branch(at checkpoint: URL) throws {
        if let step = checkpointStep(checkpoint.lastPathComponent),
            checkpoint.deletingLastPathComponent() == url
        {
            try store.setAside(after: step)
        } else {
            try beginRun()
        }
    }

    /// Writes the files of a step's checkpoint; another thread then waits until they are on the
    /// disk, gives them their name and removes old checkpoints beyond a limit.
    ///
    /// - Parameters:
    ///   - step: The optimizer step.
    ///   - bytes: About how many bytes will be written.
    ///   - limit: How many checkpoints may stay; nil keeps all.
    ///   - best: The path of the best one, which stays in any case.
    ///   - write: Writes the files into the directory it is given.
    /// - Returns: What tells how it ended.
    /// - Throws: `TuneError` when the files cannot be written.
    func save(
        step: Int, bytes: Int, keeping limit: Int?, best: String?, write: (URL) throws -> Void
    ) throws -> CheckpointCompletion {
        completion?.wait()
        let staged = try store.stage(step: step, estimatedBytes: bytes, write)
        let best = best.flatMap { checkpointStep(URL(fileURLWithPath: $0).lastPathComponent) }
        let completion = CheckpointCompletion { [store] in
            try store.finish(staged)
            return store.rotate(keeping: limit, best: best).problems
        }
        self.completion = completion
        return completion
    }

    /// The newest valid checkpoint of the run; damaged ones are named and moved to `quarantine`.
    func newestCheckpoint() throws -> URL? {
        completion?.wait()
        let search = try store.newestValid()
        for checkpoint in search.skipped { logger.warning("\(checkpoint)") }
        for problem in search.problems { logger.warning("\(problem)") }
        return search.newest?.url
    }

    /// A checkpoint that was named, after it was found complete and unharmed; those of Python carry
    /// nothing to check them by.
    func checkpoint(at path: String) throws -> URL {
        let checkpoint = URL(fileURLWithPath: expandingTilde(path)).standardizedFileURL
        try verifyNamedCheckpoint(checkpoint)
        return checkpoint
    }
}
