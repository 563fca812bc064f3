import Foundation
import TuneBase

/// The file system that the writers of a checkpoint see: it learns size and digest of every file from
/// the bytes that pass, and lets them wait for the disk together at the end.
///
/// A checkpoint consists of the files in `root` when ``settle()`` is called.
final class StagingFileSystem: FileSystem, @unchecked Sendable {
    private let base: any FileSystem
    private let root: URL
    // Writers may use several threads; every access to `files` holds the lock.
    private let lock = NSLock()
    private var files: [String: HashingFile] = [:]

    init(_ base: any FileSystem, root: URL) { (self.base, self.root) = (base, root) }

    /// What was written, with the files that are still to be synced.
    func written() throws -> [CheckpointManifest.File] {
        try base.tree(root).sorted { $0.key < $1.key }.map { path, status in
            guard status.kind == .file else {
                throw TuneError(
                    .io, "\(path) is no plain file.", remedy: "Write plain files to checkpoints.")
            }
            return try describe(path, size: status.size)
        }
    }

    /// Waits until all files and directories are on the disk, the manifest included.
    func settle(_ manifest: any WritableFile) throws {
        let open = lock.withLock { Array(files.values) }
        let inner = try base.directories(below: root).map { root.appendingPathComponent($0) }
        try base.sync(open.map(\.base) + [manifest], directories: inner + [root])
        for file in open { try file.finish() }
    }

    /// Gives up files that are still open.
    func abandon() {
        for file in lock.withLock({ Array(files.values) }) { try? file.finish() }
    }

    private func describe(_ path: String, size: Int) throws -> CheckpointManifest.File {
        if let file = lock.withLock({ files[path] }), file.digest.size == size {
            return .init(path: path, size: size, digest: file.digest.hexadecimal)
        }
        // Written by other means than ours: what counts is what the disk gives back.
        let place = root.appendingPathComponent(path)
        try base.sync(place)
        let digest = try fileDigest(place, .xxh3, base)
        return .init(path: path, size: digest.size, digest: digest.hexadecimal)
    }

    /// The path of a file from the root; nil for files elsewhere.
    private func relative(_ file: URL) -> String? {
        let (path, prefix) = (file.path, root.path + "/")
        return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : nil
    }

    func createFile(_ file: URL) throws -> any WritableFile {
        let target = try base.createFile(file)
        guard let path = relative(file) else { return target }
        let hashing = HashingFile(target)
        lock.withLock { files[path] = hashing }
        return hashing
    }

    func rename(_ file: URL, to target: URL) throws {
        try base.rename(file, to: target)
        lock.withLock {
            let moved = relative(file).flatMap { files.removeValue(forKey: $0) }
            if let path = relative(target) { files[path] = moved }
        }
    }

    func removeFile(_ file: URL) throws {
        try base.removeFile(file)
        let removed = lock.withLock { relative(file).flatMap { files.removeValue(forKey: $0) } }
        try? removed?.finish()
    }

    func status(_ file: URL, followingLinks: Bool) throws -> FileStatus? {
        try base.status(file, followingLinks: followingLinks)
    }
    func list(_ directory: URL) throws -> [String] { try base.list(directory) }
    func createDirectory(_ directory: URL) throws { try base.createDirectory(directory) }
    func read(_ file: URL) throws -> Data { try base.read(file) }
    func readPieces(_ file: URL, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        try base.readPieces(file, body)
    }
    func removeDirectory(_ directory: URL) throws { try base.removeDirectory(directory) }
    func sync(_ fileOrDirectory: URL) throws {
        if relative(fileOrDirectory) == nil { try base.sync(fileOrDirectory) }
    }
    func freeSpace(_ directory: URL) throws -> Int { try base.freeSpace(directory) }
}

/// A file whose bytes are hashed on their way to the disk.
///
/// It stays open after its writer has closed it, so that an error of the disk that shows later
/// still reaches the descriptor by which it was written.
private final class HashingFile: WritableFile {
    let base: any WritableFile
    let digest = FileDigest(.xxh3)

    init(_ base: any WritableFile) { self.base = base }

    var descriptor: Int32? { nil }

    /// Piece by piece, so that each is read from memory once, for the digest and for the system.
    func write(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(pieceSize))
            digest.update(piece)
            try base.write(piece)
            rest = rest.dropFirst(piece.count)
        }
    }

    func sync() throws {}
    func close() throws {}

    /// Ends the writing.
    func finish() throws { try base.close() }
}

/// Little enough to be still in a processor's cache when it is written; much enough for the page cache
/// to be filled in large parts, which takes the system a fifth less time than parts of 256 KB.
private let pieceSize = 4 << 20
