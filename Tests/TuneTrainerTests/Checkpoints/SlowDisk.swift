import Foundation
import Synchronization
import TuneBase
import TuneTestSupport

/// A disk whose syncs take their time, can fail, and can be held up; it notes what is done to it.
final class SlowDisk: Sendable {
    private let notes = Mutex<[String]>([])
    private let held = Mutex(false)
    private let failing: @Sendable (_ directory: String) -> Bool
    private let onFirstSync: @Sendable (_ directory: String) throws -> Void

    /// Creates a disk.
    ///
    /// - Parameters:
    ///   - failing: Whether files in a directory of that name cannot be synced.
    ///   - onFirstSync: Called with the name of a directory before a file in it is synced the first
    ///     time.
    init(
        failing: @escaping @Sendable (String) -> Bool = { _ in false },
        onFirstSync: @escaping @Sendable (String) throws -> Void = { _ in }
    ) {
        (self.failing, self.onFirstSync) = (failing, onFirstSync)
    }

    /// What was done, in order, with what to which directory (such as `sync .tmp-2`).
    var operations: [String] { notes.withLock(\.self) }

    /// Where an operation is in the order.
    func position(_ operation: String) -> Int? { operations.firstIndex(of: operation) }

    /// Lets syncs wait until ``release()``, or ten seconds.
    func hold() { held.withLock { $0 = true } }

    /// Lets syncs go on.
    func release() { held.withLock { $0 = false } }

    /// Whether syncs still wait.
    var isHeld: Bool { held.withLock(\.self) }

    /// Runs a training on it.
    func callAsFunction<Result>(_ body: () throws -> Result) rethrows -> Result {
        let fileSystem = WatchedFileSystem { [self] operation, file in
            try note(operation, file)
        }
        return try FileSystems.$current.withValue(fileSystem, operation: body)
    }

    private func note(_ operation: FaultyFileSystem.Operation, _ file: URL) throws {
        let names = file.pathComponents
        guard let name = names.last(where: { $0.hasPrefix(".tmp-") || $0.hasPrefix("checkpoint-") })
        else {
            if operation == .sync { notes.withLock { $0.append("sync the run") } }
            return
        }
        let short = name.split(separator: "-").prefix(2).joined(separator: "-")
        let isFirst = notes.withLock { notes in
            defer { notes.append("\(operation) \(short)") }
            return !notes.contains("\(operation) \(short)")
        }
        guard operation == .sync else { return }
        if isFirst { try onFirstSync(short) }
        try delay(file, short)
    }

    private func delay(_ file: URL, _ directory: String) throws {
        usleep(3000)
        for _ in 0..<2000 where isHeld { usleep(5000) }
        if failing(directory) { throw FileError("synced", file, EIO) }
    }
}
