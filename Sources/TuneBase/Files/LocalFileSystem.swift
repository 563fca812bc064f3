public import Foundation
import Synchronization

/// The file system of this computer.
public struct LocalFileSystem: FileSystem {
    /// Creates it; all are the same.
    public init() {}

    /// What is at a path; nil when nothing is.
    public func status(_ file: URL, followingLinks: Bool) throws -> FileStatus? {
        var result = stat()
        let code = followingLinks ? stat(file.path, &result) : lstat(file.path, &result)
        guard code != 0 else { return FileStatus(result) }
        guard errno == ENOENT || errno == ENOTDIR else {
            throw FileError("examined", file, errno)
        }
        return nil
    }

    /// The names in a directory, in no particular order.
    public func list(_ directory: URL) throws -> [String] {
        guard let stream = opendir(directory.path) else {
            throw FileError("listed", directory, errno)
        }
        defer { closedir(stream) }
        var names: [String] = []
        errno = 0
        while let entry = readdir(stream) {
            let name = entryName(entry)
            if name != ".", name != ".." { names.append(name) }
            errno = 0
        }
        guard errno == 0 else { throw FileError("listed", directory, errno) }
        return names
    }

    /// Makes one directory.
    public func createDirectory(_ directory: URL) throws {
        try check("created", directory, mkdir(directory.path, 0o777))
    }

    /// Creates an empty file, which must not exist, for writing.
    public func createFile(_ file: URL) throws -> any WritableFile {
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let descriptor = try check("created", file, open(file.path, flags, 0o666))
        return LocalFile(descriptor, file)
    }

    /// The content of a file; a large one is mapped into memory.
    public func read(_ file: URL) throws -> Data {
        do {
            return try Data(contentsOf: file, options: .mappedIfSafe)
        } catch {
            let code = ((error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError)?.code
            let isMissing = try status(file, followingLinks: true) == nil
            throw FileError("read", file, isMissing ? ENOENT : code.map(Int32.init) ?? EIO)
        }
    }

    /// Reads a file from begin to end in pieces of a megabyte.
    public func readPieces(
        _ file: URL, _ body: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        let descriptor = try check(
            "opened", file, open(file.path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC))
        defer { close(descriptor) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
        defer { buffer.deallocate() }
        while true {
            let count = try retrying("read", file) {
                systemRead(descriptor, buffer.baseAddress, buffer.count)
            }
            guard count > 0 else { return }
            try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }

    /// Gives a file or directory another name on the same volume.
    public func rename(_ file: URL, to target: URL) throws {
        try check("renamed", file, systemRename(file.path, target.path))
    }

    /// Removes a file or a symbolic link.
    public func removeFile(_ file: URL) throws {
        try check("removed", file, unlink(file.path))
    }

    /// Removes an empty directory.
    public func removeDirectory(_ directory: URL) throws {
        try check("removed", directory, rmdir(directory.path))
    }

    /// Waits until the content of a file, or the names in a directory, are on the disk.
    public func sync(_ fileOrDirectory: URL) throws {
        let descriptor = try check(
            "opened", fileOrDirectory,
            open(fileOrDirectory.path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC))
        defer { close(descriptor) }
        try flush(descriptor, fileOrDirectory)
    }

    /// Waits until the content of files, and the names in directories, are on the disk.
    ///
    /// All are asked for at once: a journal takes up what belongs to many in one go.
    public func sync(_ files: [any WritableFile], directories: [URL]) throws {
        // Every task touches its own file, and all have ended below.
        nonisolated(unsafe) let files = files
        let failures = Mutex<[any Error]>([])
        DispatchQueue.concurrentPerform(iterations: files.count + directories.count) { index in
            do {
                if index < files.count {
                    try files[index].sync()
                } else {
                    try sync(directories[index - files.count])
                }
            } catch {
                failures.withLock { $0.append(error) }
            }
        }
        if let failure = failures.withLock(\.first) { throw failure }
    }

    /// The bytes that this user can still write to the volume of a directory.
    public func freeSpace(_ directory: URL) throws -> Int {
        var result = statvfs()
        try check("examined", directory, statvfs(directory.path, &result))
        let (bytes, overflow) = Int(result.f_bavail).multipliedReportingOverflow(
            by: Int(result.f_frsize))
        return overflow ? .max : bytes
    }
}

/// An open file of this computer.
private final class LocalFile: WritableFile {
    private(set) var descriptor: Int32?
    private let file: URL

    init(_ descriptor: Int32, _ file: URL) {
        (self.descriptor, self.file) = (descriptor, file)
    }

    deinit { if let descriptor { systemClose(descriptor) } }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        let descriptor = try openDescriptor()
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = UnsafeRawBufferPointer(rebasing: rest.prefix(largestWrite))
            let count = try retrying("written", file) {
                systemWrite(descriptor, part.baseAddress, part.count)
            }
            rest = rest.dropFirst(count)
        }
    }

    func sync() throws { try flush(openDescriptor(), file) }

    func close() throws {
        guard let descriptor else { return }
        self.descriptor = nil
        try check("closed", file, systemClose(descriptor))
    }

    private func openDescriptor() throws -> Int32 {
        guard let descriptor else { throw FileError("written", file, EBADF) }
        return descriptor
    }
}

/// Not every system writes 2 GB at once.
private let largestWrite = 1 << 30

/// Waits until what was written to an open file is on the disk.
private func flush(_ descriptor: Int32, _ file: URL) throws {
    #if canImport(Darwin)
    // There, fsync leaves the data in the drive's own memory. Not every volume knows the stronger
    // request.
    if fcntl(descriptor, F_FULLFSYNC) == 0 { return }
    guard errno == ENOTSUP || errno == EINVAL else { throw FileError("synced", file, errno) }
    #endif
    try check("synced", file, fsync(descriptor))
}

@discardableResult
private func check(_ operation: String, _ file: URL, _ result: Int32) throws -> Int32 {
    guard result >= 0 else { throw FileError(operation, file, errno) }
    return result
}

/// Repeats a call that a signal interrupted.
private func retrying(_ operation: String, _ file: URL, _ call: () -> Int) throws -> Int {
    while true {
        let count = call()
        if count >= 0 { return count }
        guard errno == EINTR else { throw FileError(operation, file, errno) }
    }
}

/// The name in a directory entry.
private func entryName(_ entry: UnsafeMutablePointer<dirent>) -> String {
    withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: $0.pointee)) {
            String(cString: $0)
        }
    }
}

// The system's functions under names that the methods above do not hide.
private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int)
    -> Int
{ read(descriptor, buffer, count) }
private func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, buffer, count)
}
private func systemRename(_ file: String, _ target: String) -> Int32 { rename(file, target) }
@discardableResult
private func systemClose(_ descriptor: Int32) -> Int32 { close(descriptor) }

extension FileStatus {
    /// The system's own form.
    fileprivate init(_ status: stat) {
        let kind: Kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .directory
            case S_IFLNK: .symbolicLink
            default: .other
            }
        self.init(kind: kind, size: Int(status.st_size), identity: UInt64(status.st_ino))
    }
}
