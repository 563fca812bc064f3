import Foundation
import Logging
import TuneBase

/// The output directory of a training, while this process alone may write to it.
final class RunDirectory {
    private let url: URL
    private let lock: RunLock
    private var store: CheckpointStore
    private let logger: Logger

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

    deinit { lock.release() }

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

    /// Writes the checkpoint of a step: complete and on the disk, or not at all.
    func publish(step: Int, bytes: Int, write: (URL) throws -> Void) throws {
        try store.publish(step: step, estimatedBytes: bytes, write)
    }

    /// The newest valid checkpoint of the run; damaged ones are named and moved to `quarantine`.
    func newestCheckpoint() throws -> URL? {
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

    /// Removes old checkpoints beyond a limit; what cannot be removed is reported.
    func rotate(keeping limit: Int?, best path: String?) {
        let best = path.flatMap { checkpointStep(URL(fileURLWithPath: $0).lastPathComponent) }
        for problem in store.rotate(keeping: limit, best: best).problems {
            logger.warning("\(problem)")
        }
    }
}
