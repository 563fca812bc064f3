public import Foundation
import Synchronization
import TuneBase

/// The right of one process to write to the directory of a run.
///
/// It ends with ``release()``, with the last reference, or with the process, however that ends:
/// the system releases the lock (`flock`) on the file `.run.lock`. The file names the holder, for
/// the message to others, and is removed in the end.
public final class RunLock: Sendable {
    private let file: URL
    private let descriptor: Mutex<Int32?>

    /// Takes the lock of a directory, which exists.
    ///
    /// - Throws: `TuneError` that names the holder when another process, or another run of this
    ///   one, holds it.
    public init(_ directory: URL) throws {
        file = directory.appendingPathComponent(".run.lock")
        descriptor = Mutex(try acquire(file))
    }

    deinit { release() }

    /// Gives the lock back; further calls do nothing.
    public func release() {
        descriptor.withLock {
            guard let held = $0 else { return }
            // While it is held, nobody else can have put another file in its place.
            unlink(file.path)
            close(held)
            $0 = nil
        }
    }
}

/// Opens and locks a file until the locked one is the one that has the name.
private func acquire(_ file: URL) throws -> Int32 {
    while true {
        let flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC
        let descriptor = open(file.path, flags, 0o644)
        guard descriptor >= 0 else {
            throw FileError("created", file, errno).tuneError(.cannotCreate)
        }
        do {
            try lock(descriptor, file)
        } catch {
            close(descriptor)
            throw error
        }
        if isNamed(descriptor, file) {
            writeHolder(descriptor)
            return descriptor
        }
        close(descriptor)
    }
}

private func lock(_ descriptor: Int32, _ file: URL) throws {
    guard flock(descriptor, LOCK_EX | LOCK_NB) != 0 else { return }
    let number = errno
    let holder = readHolder(descriptor)
    if number == EWOULDBLOCK { throw inUse(file, holder) }
    // Some network volumes cannot lock. There the note of the holder has to do.
    guard [ENOTSUP, EOPNOTSUPP, ENOLCK, ENOSYS].contains(number) else {
        throw FileError("locked", file, number).tuneError(.cannotCreate)
    }
    if let holder, holder.isRunningHere { throw inUse(file, holder) }
}

/// Whether an open file is still what its name stands for.
private func isNamed(_ descriptor: Int32, _ file: URL) -> Bool {
    var (opened, named) = (stat(), stat())
    return fstat(descriptor, &opened) == 0 && lstat(file.path, &named) == 0
        && opened.st_ino == named.st_ino && opened.st_dev == named.st_dev
}

/// Who holds a lock.
private struct Holder {
    let process: Int
    let host: String

    var isRunningHere: Bool {
        host == ProcessInfo.processInfo.hostName
            && (kill(Int32(truncatingIfNeeded: process), 0) == 0 || errno == EPERM)
    }
}

private func inUse(_ file: URL, _ holder: Holder?) -> TuneError {
    let who = holder.map { "the process \($0.process) on \($0.host)" } ?? "another process"
    return TuneError(
        .cannotCreate,
        "\(file.deletingLastPathComponent().path) is in use by \(who).",
        remedy: "Wait until it ends or stop it, or choose another output directory.")
}

private func writeHolder(_ descriptor: Int32) {
    let note: JSONValue = [
        "pid": .int(Int(ProcessInfo.processInfo.processIdentifier)),
        "host": .string(ProcessInfo.processInfo.hostName),
    ]
    let text = Array((note.serialized() + "\n").utf8)
    // The note only serves messages: the lock holds without it.
    if ftruncate(descriptor, 0) == 0 { _ = pwrite(descriptor, text, text.count, 0) }
}

private func readHolder(_ descriptor: Int32) -> Holder? {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    guard count > 0,
        let note = try? JSONValue(parsing: Data(bytes[..<count]), source: "lock"),
        let process = note["pid"]?.int, let host = note["host"]?.string
    else { return nil }
    return Holder(process: process, host: host)
}
