public import Foundation
public import TuneBase

/// A disk in memory that forgets, when it loses power, what a program did not wait for.
///
/// As POSIX allows: bytes of a file last after a `sync` of the file, its name after a `sync` of
/// the directory. What was not waited for may be there, or not, or in part; names may appear in
/// another order than they were made, as long as each follows what it builds on.
public final class SimulatedDisk: FileSystem, @unchecked Sendable {
    private let lock = NSRecursiveLock()
    private var state: DiskState
    private let capacity: Int
    private var afterOperation: (() throws -> Void)?

    /// Creates an empty disk of a size in bytes.
    public convenience init(capacity: Int = .max) { self.init(DiskState(), capacity: capacity) }

    private init(_ state: DiskState, capacity: Int) {
        (self.state, self.capacity) = (state, capacity)
    }

    /// Runs `body` and calls `check` after each operation that changes the disk.
    public func observing<R>(
        _ check: @escaping () throws -> Void, _ body: () throws -> R
    ) rethrows -> R {
        lock.withLock { afterOperation = check }
        defer { lock.withLock { afterOperation = nil } }
        return try body()
    }

    /// The disks that may be found when the power comes back after a loss now, each once.
    ///
    /// - Parameter known: Those of earlier calls, which are not returned again.
    /// - Returns: The disks.
    public func crashed(exceptFor known: inout Set<[String: [UInt8]]>) -> [SimulatedDisk] {
        let now = lock.withLock { state }
        let changes = now.possibleChanges.sorted { $0.lexicographicallyPrecedes($1) }
        return changes.flatMap { changes in
            DiskState.UnsyncedData.allCases.compactMap { data in
                let state = now.afterCrash(changes: changes, data: data)
                guard known.insert(state.content).inserted else { return nil }
                return SimulatedDisk(state, capacity: capacity)
            }
        }
    }

    /// A disk of the same content that goes its own way, with room for more bytes.
    public func copy(freeSpace: Int? = nil) -> SimulatedDisk {
        let state = lock.withLock { self.state }
        return SimulatedDisk(state, capacity: freeSpace.map { state.usedBytes + $0 } ?? capacity)
    }

    /// Replaces the content of a file, as a defect of the disk would.
    public func corrupt(_ file: URL, _ change: (inout [UInt8]) -> Void) throws {
        try changing("read", file, reporting: false) { state throws(DiskState.Failure) -> Void in
            var bytes = try state.bytes(state.existing(file.path))
            change(&bytes)
            try state.replace(file.path, bytes)
        }
    }

    /// Makes a symbolic link, which nothing can follow.
    public func createLink(_ file: URL) throws {
        try changing("created", file) { state throws(DiskState.Failure) in
            _ = try state.create(file.path, .link)
        }
    }

    // MARK: FileSystem

    /// What is at a path; nil when nothing is.
    public func status(_ file: URL, followingLinks: Bool) throws -> FileStatus? {
        try reading("examined", file) { state throws(DiskState.Failure) in
            guard let node = try state.node(file.path) else { return nil }
            let (kind, size): (FileStatus.Kind, Int) =
                switch state.nodes[node]?.content {
                case .file(let bytes, _): (.file, bytes.count)
                case .directory: (.directory, 0)
                default: (.symbolicLink, 0)
                }
            return FileStatus(kind: kind, size: size, identity: UInt64(node))
        }
    }

    /// The names in a directory.
    public func list(_ directory: URL) throws -> [String] {
        try reading("listed", directory) { state throws(DiskState.Failure) in
            try Array(state.entries(state.existing(directory.path)).keys)
        }
    }

    /// Makes one directory.
    public func createDirectory(_ directory: URL) throws {
        try changing("created", directory) { state throws(DiskState.Failure) in
            _ = try state.create(directory.path, .directory(current: [:], durable: [:]))
        }
    }

    /// Creates an empty file for writing.
    public func createFile(_ file: URL) throws -> any WritableFile {
        let node = try changing("created", file) { state throws(DiskState.Failure) in
            try state.create(file.path, .file(current: [], durable: []))
        }
        return SimulatedFile(self, node, file)
    }

    /// The content of a file.
    public func read(_ file: URL) throws -> Data {
        try reading("read", file) { state throws(DiskState.Failure) in
            try Data(state.bytes(state.existing(file.path)))
        }
    }

    /// Reads a file in pieces.
    public func readPieces(
        _ file: URL, _ body: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        try read(file).withUnsafeBytes(body)
    }

    /// Gives a file or directory another name.
    public func rename(_ file: URL, to target: URL) throws {
        try changing("renamed", file) { state throws(DiskState.Failure) in
            try state.rename(file.path, to: target.path)
        }
    }

    /// Removes a file or a symbolic link.
    public func removeFile(_ file: URL) throws {
        try changing("removed", file) { state throws(DiskState.Failure) in
            try state.remove(file.path, directory: false)
        }
    }

    /// Removes an empty directory.
    public func removeDirectory(_ directory: URL) throws {
        try changing("removed", directory) { state throws(DiskState.Failure) in
            try state.remove(directory.path, directory: true)
        }
    }

    /// Waits until a file, or the names in a directory, are on the disk.
    public func sync(_ fileOrDirectory: URL) throws {
        try changing("synced", fileOrDirectory) { state throws(DiskState.Failure) in
            try state.sync(state.existing(fileOrDirectory.path))
        }
    }

    /// The bytes that can still be written.
    public func freeSpace(_ directory: URL) throws -> Int {
        lock.withLock { capacity - state.usedBytes }
    }

    fileprivate func append(_ bytes: UnsafeRawBufferPointer, to node: Int, _ file: URL) throws {
        let fitting = min(bytes.count, try freeSpace(file))
        try changing("written", file) { state throws(DiskState.Failure) in
            try state.append(bytes.prefix(fitting), to: node)
        }
        guard fitting == bytes.count else { throw FileError("written", file, ENOSPC) }
    }

    fileprivate func sync(_ node: Int, _ file: URL) throws {
        try changing("synced", file) { state throws(DiskState.Failure) in try state.sync(node) }
    }

    private func reading<R>(
        _ operation: String, _ file: URL, _ body: (DiskState) throws(DiskState.Failure) -> R
    ) throws -> R {
        do {
            lock.lock()
            defer { lock.unlock() }
            return try body(state)
        } catch { throw FileError(operation, file, error.number) }
    }

    private func changing<R>(
        _ operation: String, _ file: URL, reporting: Bool = true,
        _ body: (inout DiskState) throws(DiskState.Failure) -> R
    ) throws -> R {
        let result: R
        do {
            lock.lock()
            defer { lock.unlock() }
            result = try body(&state)
        } catch { throw FileError(operation, file, error.number) }
        if reporting { try lock.withLock { afterOperation }?() }
        return result
    }
}

private final class SimulatedFile: WritableFile {
    private let disk: SimulatedDisk
    private let node: Int
    private let file: URL
    private var isOpen = true

    init(_ disk: SimulatedDisk, _ node: Int, _ file: URL) {
        (self.disk, self.node, self.file) = (disk, node, file)
    }

    var descriptor: Int32? { nil }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        guard isOpen else { throw FileError("written", file, EBADF) }
        try disk.append(bytes, to: node, file)
    }

    func sync() throws {
        guard isOpen else { throw FileError("synced", file, EBADF) }
        try disk.sync(node, file)
    }

    func close() throws { isOpen = false }
}
