import FineTuneKit
import Foundation

/// The file system of this computer as programs use it that do not care: bytes go to the system in
/// one call each, and only if asked to are they waited for.
struct PlainFileSystem: FileSystem {
    /// Whether files are synced when their writers ask for it.
    let isSynced: Bool
    private let base = LocalFileSystem()

    init(isSynced: Bool) { self.isSynced = isSynced }

    func createFile(_ file: URL) throws -> any WritableFile {
        let descriptor = open(file.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw FileError("created", file, errno) }
        return PlainFile(descriptor, file, isSynced: isSynced)
    }

    func sync(_ fileOrDirectory: URL) throws { if isSynced { try base.sync(fileOrDirectory) } }

    func status(_ file: URL, followingLinks: Bool) throws -> FileStatus? {
        try base.status(file, followingLinks: followingLinks)
    }
    func list(_ directory: URL) throws -> [String] { try base.list(directory) }
    func createDirectory(_ directory: URL) throws { try base.createDirectory(directory) }
    func read(_ file: URL) throws -> Data { try base.read(file) }
    func readPieces(_ file: URL, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        try base.readPieces(file, body)
    }
    func rename(_ file: URL, to target: URL) throws { try base.rename(file, to: target) }
    func removeFile(_ file: URL) throws { try base.removeFile(file) }
    func removeDirectory(_ directory: URL) throws { try base.removeDirectory(directory) }
    func freeSpace(_ directory: URL) throws -> Int { try base.freeSpace(directory) }
}

private final class PlainFile: WritableFile {
    private(set) var descriptor: Int32?
    private let file: URL
    private let isSynced: Bool

    init(_ descriptor: Int32, _ file: URL, isSynced: Bool) {
        (self.descriptor, self.file, self.isSynced) = (descriptor, file, isSynced)
    }

    deinit { try? close() }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = UnsafeRawBufferPointer(rebasing: rest)
            let count = Foundation.write(descriptor ?? -1, part.baseAddress, part.count)
            guard count >= 0 else { throw FileError("written", file, errno) }
            rest = rest.dropFirst(count)
        }
    }

    func sync() throws {
        guard isSynced else { return }
        guard fsync(descriptor ?? -1) == 0 else { throw FileError("synced", file, errno) }
    }

    func close() throws {
        guard let descriptor else { return }
        self.descriptor = nil
        guard Foundation.close(descriptor) == 0 else { throw FileError("closed", file, errno) }
    }
}
