public import Foundation
import Synchronization
public import TuneBase

/// The checkpoints of one run in its directory: written completely or not at all, checked before
/// they are used, and never lost to an error or a crash.
///
/// - ``publish(step:estimatedBytes:_:)`` writes `checkpoint-<step>` in a hidden directory beside
///   it, with the digest of every file in `manifest.json`, waits until everything is on the disk,
///   and then gives it its name.
/// - ``newestValid()`` takes the newest checkpoint whose every byte agrees with its manifest; what
///   it passes over is named with the reason and moved to `quarantine`.
/// - ``rotate(keeping:best:)`` removes old checkpoints, never the best, nor the newest two that
///   are known to be good.
///
/// The store knows files only; a process that writes holds a ``RunLock`` besides.
public final class CheckpointStore: Sendable {
    /// The directory of the run.
    public let directory: URL
    /// What tells this run from others that used the directory.
    public let runID: String

    let fileSystem: any FileSystem
    let processID: Int32
    let isAlive: @Sendable (Int32) -> Bool
    /// The steps whose checkpoints this store has written or read completely.
    private let verified = Mutex<Set<Int>>([])

    /// Creates the store of a directory, which exists; nothing is read or written.
    ///
    /// - Parameters:
    ///   - directory: The directory of the run.
    ///   - runID: The identity of the run; see ``open(_:fresh:fileSystem:)``.
    ///   - fileSystem: Where the directory is.
    public convenience init(
        directory: URL, runID: String, fileSystem: any FileSystem = FileSystems.current
    ) {
        self.init(
            directory: directory, runID: runID, fileSystem: fileSystem,
            processID: ProcessInfo.processInfo.processIdentifier, isAlive: processIsAlive)
    }

    /// Creates a store that believes itself another process, for simulated crashes.
    package init(
        directory: URL, runID: String, fileSystem: any FileSystem, processID: Int32,
        isAlive: @escaping @Sendable (Int32) -> Bool
    ) {
        (self.directory, self.runID, self.fileSystem) = (directory, runID, fileSystem)
        (self.processID, self.isAlive) = (processID, isAlive)
    }

    /// Where the checkpoint of a step is, or would be.
    public func url(step: Int) -> URL { place(checkpointName(step)) }

    /// The steps of the checkpoints in the directory in ascending order, good or bad.
    public func steps() throws -> [Int] {
        try explaining { try fileSystem.list(directory).compactMap(checkpointStep).sorted() }
    }

    func place(_ name: String) -> URL { directory.appendingPathComponent(name) }

    func isVerified(_ step: Int) -> Bool { verified.withLock { $0.contains(step) } }

    func markVerified(_ step: Int, _ isVerified: Bool = true) {
        verified.withLock {
            if isVerified { $0.insert(step) } else { $0.remove(step) }
        }
    }

    /// Runs `body`, giving errors of the file system their words for the user.
    func explaining<R>(_ body: () throws -> R) throws -> R {
        do { return try body() } catch let error as FileError { throw error.tuneError() }
    }
}

/// A checkpoint that was found good.
public struct Checkpoint: Sendable, Equatable {
    /// The optimizer step it was made at.
    public let step: Int
    /// Its directory.
    public let url: URL
    /// What it consists of.
    public let manifest: CheckpointManifest
}

/// Whether a process of this computer exists.
private func processIsAlive(_ process: Int32) -> Bool {
    kill(process, 0) == 0 || errno == EPERM
}
