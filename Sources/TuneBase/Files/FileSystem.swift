public import Foundation

/// The operations on files that FineTune needs, and the only way by which it writes.
///
/// ``LocalFileSystem`` is the real one. Code reaches the current one by
/// ``currentFileSystem``; a program or test that wants to see, count or refuse operations sets its
/// own for the duration of a call:
///
///     try FileSystems.$current.withValue(recorder) { try model.savePretrained(directory) }
///
/// Nothing follows a symbolic link by accident: ``status(_:followingLinks:)`` describes the link,
/// ``createFile(_:)`` refuses an existing name, removing a link leaves its target alone.
///
/// All operations throw ``FileError``.
public protocol FileSystem: Sendable {
    /// What is at a path, or, with `followingLinks`, at the end of the symbolic link there; nil
    /// when nothing is.
    func status(_ file: URL, followingLinks: Bool) throws -> FileStatus?

    /// The names in a directory, in no particular order.
    func list(_ directory: URL) throws -> [String]

    /// Makes one directory, whose parent exists and which does not.
    func createDirectory(_ directory: URL) throws

    /// Creates an empty file, which must not exist, for writing.
    func createFile(_ file: URL) throws -> any WritableFile

    /// The content of a file; a large one is mapped into memory.
    func read(_ file: URL) throws -> Data

    /// Reads a file from begin to end in pieces; a symbolic link is refused.
    func readPieces(_ file: URL, _ body: (UnsafeRawBufferPointer) throws -> Void) throws

    /// Gives a file or directory another name on the same volume, in one step.
    ///
    /// An existing file, or an empty directory, of that name is replaced.
    func rename(_ file: URL, to target: URL) throws

    /// Removes a file or a symbolic link.
    func removeFile(_ file: URL) throws

    /// Removes an empty directory.
    func removeDirectory(_ directory: URL) throws

    /// Waits until the content of a file, or the names in a directory, are on the disk.
    func sync(_ fileOrDirectory: URL) throws

    /// Waits until the content of files, and the names in directories, are on the disk.
    ///
    /// All are waited for, also after an error.
    ///
    /// - Throws: The first error.
    func sync(_ files: [any WritableFile], directories: [URL]) throws

    /// The bytes that this user can still write to the volume of a directory.
    func freeSpace(_ directory: URL) throws -> Int
}

extension FileSystem {
    /// Waits for one after the other.
    public func sync(_ files: [any WritableFile], directories: [URL]) throws {
        var failure: (any Error)?
        for file in files {
            do { try file.sync() } catch { failure = failure ?? error }
        }
        for directory in directories {
            do { try sync(directory) } catch { failure = failure ?? error }
        }
        if let failure { throw failure }
    }
}

/// A file that is being written.
///
/// After an error of ``sync()`` or ``close()`` nothing is known about the content, and asking
/// again may report a success that is none: such a file is given up.
public protocol WritableFile: AnyObject {
    /// The descriptor, for native libraries that write by themselves; nil where there is none.
    var descriptor: Int32? { get }

    /// Appends bytes.
    func write(_ bytes: UnsafeRawBufferPointer) throws

    /// Waits until everything written is on the disk.
    func sync() throws

    /// Ends the writing; further calls do nothing.
    func close() throws
}

extension WritableFile {
    /// Appends the bytes of `data`.
    public func write(contentsOf data: some ContiguousBytes) throws {
        try data.withUnsafeBytes { try write($0) }
    }
}

/// The file system in use.
public enum FileSystems {
    /// The file system that all functions of FineTune write to in this task or thread.
    @TaskLocal public static var current: any FileSystem = LocalFileSystem()
}

/// What is at a path.
public struct FileStatus: Sendable, Equatable {
    /// The kinds of things that have a name.
    public enum Kind: Sendable {
        case file, directory, symbolicLink, other
    }

    /// What it is.
    public var kind: Kind
    /// The size in bytes.
    public var size: Int
    /// The number that tells it from everything else on its volume, under whichever name.
    public var identity: UInt64

    /// Creates a status.
    public init(kind: Kind, size: Int, identity: UInt64) {
        (self.kind, self.size, self.identity) = (kind, size, identity)
    }
}
