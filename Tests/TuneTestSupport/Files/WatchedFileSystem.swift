public import Foundation
public import TuneBase

/// A file system that tells of every operation that changes something before it is carried out.
///
/// Who is told may wait, copy what is there, or throw, which makes the operation fail.
public final class WatchedFileSystem: FileSystem {
    /// What is told: the operation, and the path that it begins with.
    public typealias Watcher =
        @Sendable (_ operation: FaultyFileSystem.Operation, _ file: URL) throws -> Void

    private let base = LocalFileSystem()
    fileprivate let watcher: Watcher

    /// Creates a file system of this computer that is watched.
    public init(_ watcher: @escaping Watcher) { self.watcher = watcher }

    /// Makes one directory.
    public func createDirectory(_ directory: URL) throws {
        try watcher(.createDirectory, directory)
        try base.createDirectory(directory)
    }

    /// Creates an empty file for writing.
    public func createFile(_ file: URL) throws -> any WritableFile {
        try watcher(.createFile, file)
        return WatchedFile(try base.createFile(file), file, self)
    }

    /// Gives a file or directory another name.
    public func rename(_ file: URL, to target: URL) throws {
        try watcher(.rename, file)
        try base.rename(file, to: target)
    }

    /// Removes a file or a symbolic link.
    public func removeFile(_ file: URL) throws {
        try watcher(.remove, file)
        try base.removeFile(file)
    }

    /// Removes an empty directory.
    public func removeDirectory(_ directory: URL) throws {
        try watcher(.remove, directory)
        try base.removeDirectory(directory)
    }

    /// Waits until a file, or the names in a directory, are on the disk.
    public func sync(_ fileOrDirectory: URL) throws {
        try watcher(.sync, fileOrDirectory)
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

private final class WatchedFile: WritableFile {
    private let base: any WritableFile
    private let file: URL
    private let owner: WatchedFileSystem

    init(_ base: any WritableFile, _ file: URL, _ owner: WatchedFileSystem) {
        (self.base, self.file, self.owner) = (base, file, owner)
    }

    var descriptor: Int32? { nil }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        try owner.watcher(.write, file)
        try base.write(bytes)
    }

    func sync() throws {
        try owner.watcher(.sync, file)
        try base.sync()
    }

    func close() throws {
        try base.close()
        try owner.watcher(.close, file)
    }
}
