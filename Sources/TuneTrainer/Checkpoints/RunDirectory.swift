import Foundation
import Logging
import TuneBase

/// The output directory of a training, while this process alone may write to it.
final class RunDirectory {
    private let lock: RunLock
    private let store: CheckpointStore
    private let logger: Logger

    /// Takes the right to write to a directory.
    ///
    /// - Parameters:
    ///   - directory: The directory, which exists.
    ///   - source: What training goes on from; from nothing or from a checkpoint elsewhere, a new
    ///     run begins, and checkpoints of earlier ones are set aside.
    ///   - logger: Told of what was found damaged or could not be tidied up.
    /// - Throws: `TuneError` when another process writes there.
    init(_ directory: URL, for source: ResumeSource, logger: Logger) throws {
        lock = try RunLock(directory)
        store = try CheckpointStore.open(directory, fresh: source.beginsRun(in: directory))
        self.logger = logger
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

    /// A checkpoint that was named, after it was found complete and unharmed; those of the run
    /// that are newer are set aside. Checkpoints of Python carry nothing to check them by.
    func checkpoint(at path: String) throws -> URL {
        let url = URL(fileURLWithPath: expandingTilde(path)).standardizedFileURL
        try verifyNamedCheckpoint(url)
        if let step = checkpointStep(url.lastPathComponent), url == store.url(step: step) {
            try store.setAside(after: step)
        }
        return url
    }

    /// Removes old checkpoints beyond a limit; what cannot be removed is reported.
    func rotate(keeping limit: Int?, best path: String?) {
        let best = path.flatMap { checkpointStep(URL(fileURLWithPath: $0).lastPathComponent) }
        for problem in store.rotate(keeping: limit, best: best).problems {
            logger.warning("\(problem)")
        }
    }
}

extension ResumeSource {
    /// Whether a training from here begins a run of its own in a directory.
    fileprivate func beginsRun(in directory: URL) -> Bool {
        switch self {
        case .none: true
        case .newest, .newestIfAny: false
        case .checkpoint(let path):
            URL(fileURLWithPath: expandingTilde(path)).standardizedFileURL
                .deletingLastPathComponent() != directory.standardizedFileURL
        }
    }
}
