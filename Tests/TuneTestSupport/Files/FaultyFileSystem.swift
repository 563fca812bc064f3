public import Foundation
public import TuneBase

/// A file system on which a chosen operation fails.
public final class FaultyFileSystem: FileSystem, @unchecked Sendable {
    /// The kinds of operations that can fail.
    public enum Operation: Sendable, CaseIterable {
        case createDirectory, createFile, write, sync, close, rename, remove
    }

    private let base: any FileSystem
    private let failing: Set<Operation>
    private let position: Int
    private let number: Int32
    private let isLasting: Bool
    private let lock = NSLock()
    private var count = 0
    private var failures = 0

    /// Creates a file system with a fault.
    ///
    /// - Parameters:
    ///   - base: What carries out the operations that do not fail.
    ///   - failing: The kinds of operations that are counted and can fail.
    ///   - position: Which of them fails, counted from 0.
    ///   - number: The error number. A write of a full disk (`ENOSPC`) writes half of the bytes.
    ///   - isLasting: Whether all later operations of these kinds fail too.
    public init(
        _ base: any FileSystem, failing: Set<Operation> = Set(Operation.allCases),
        at position: Int, number: Int32, isLasting: Bool = false
    ) {
        (self.base, self.failing, self.position) = (base, failing, position)
        (self.number, self.isLasting) = (number, isLasting)
    }

    /// How many operations of the chosen kinds there were.
    public var operationCount: Int { lock.withLock { count } }

    /// How many operations failed.
    public var failureCount: Int { lock.withLock { failures } }

    private func isFaulty(_ operation: Operation) -> Bool {
        guard failing.contains(operation) else { return false }
        return lock.withLock {
            defer { count += 1 }
            guard count == position || (isLasting && count > position) else { return false }
            failures += 1
            return true
        }
    }

    fileprivate func check(_ operation: Operation, _ file: URL) throws {
        if isFaulty(operation) { throw FileError("changed", file, number) }
    }

    fileprivate func write(
        _ bytes: UnsafeRawBufferPointer, to target: any WritableFile, _ file: URL
    ) throws {
        guard isFaulty(.write) else { return try target.write(bytes) }
        if number == ENOSPC {
            try target.write(UnsafeRawBufferPointer(rebasing: bytes.prefix(bytes.count / 2)))
        }
        throw FileError("written", file, number)
    }

    /// Makes one directory.
    public func createDirectory(_ directory: URL) throws {
        try check(.createDirectory, directory)
        try base.createDirectory(directory)
    }

    /// Creates an empty file for writing.
    public func createFile(_ file: URL) throws -> any WritableFile {
        try check(.createFile, file)
        return FaultyFile(try base.createFile(file), file, self)
    }

    /// Gives a file or directory another name.
    public func rename(_ file: URL, to target: URL) throws {
        try check(.rename, file)
        try base.rename(file, to: target)
    }

    /// Removes a file or a symbolic link.
    public func removeFile(_ file: URL) throws {
        try check(.remove, file)
        try base.removeFile(file)
    }

    /// Removes an empty directory.
    public func removeDirectory(_ directory: URL) throws {
        try check(.remove, directory)
        try base.removeDirectory(directory)
    }

    /// Waits until a file, or the names in a directory, are on the disk.
    public func sync(_ fileOrDirectory: URL) throws {
        try check(.sync, fileOrDirectory)
        try base.sync(fileOrDirectory)
    }

    /// What is at a path; nil when nothing is.
    public func status(_ file: URL, followingLinks: Bool) throws -> FileStatus? {
        try base.status(file, followingLinks: followingLinks)
    }
    /// The names in a directory.
    public func list(_ directory: URL) throws -> [String] { try base.list(directory) }
    /// The content of a file.
    public func read(_ file: URL) throws -> Data { try base.read(file) }
    /// Reads a file in pieces.
    public func readPieces(
        _ file: URL, _ body: (UnsafeRawBufferPointer) throws -> Void
    ) throws { try base.readPieces(file, body) }
    /// The bytes that can still be written.
    public func freeSpace(_ directory: URL) throws -> Int { try base.freeSpace(directory) }
}

private final class FaultyFile: WritableFile {
    private let base: any WritableFile
    private let file: URL
    private let owner: FaultyFileSystem
    private var isOpen = true

    init(_ base: any WritableFile, _ file: URL, _ owner: FaultyFileSystem) {
        (self.base, self.file, self.owner) = (base, file, owner)
    }

    var descriptor: Int32? { nil }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        try owner.write(bytes, to: base, file)
    }

    func sync() throws {
        try owner.check(.sync, file)
        try base.sync()
    }

    func close() throws {
        guard isOpen else { return }
        isOpen = false
        // A file that reports an error when it is closed is closed all the same.
        try base.close()
        try owner.check(.close, file)
    }
}
