import Crypto
import Foundation
import TuneBase

/// A file on its way into a repository.
struct UploadFile {
    /// How the Hub wants it.
    enum Mode: String {
        /// As a part of the commit.
        case regular
        /// Into the store for large files; the commit only names it.
        case lfs
    }

    /// Its path in the repository.
    let path: String
    /// Where it is, links resolved.
    let url: URL
    /// Bytes.
    let size: Int
    /// Its first bytes, by which the Hub tells text from other data.
    let sample: Data
    /// Its SHA-256, once it is known.
    private(set) var sha256 = ""

    /// Takes up a file.
    ///
    /// - Throws: `TuneError` when it cannot be read, or has a path that no repository may have.
    init(_ url: URL, path: String) throws {
        try checkPath(path)
        (self.path, self.url) = (path, url.resolvingSymlinksInPath())
        do {
            let handle = try FileHandle(forReadingFrom: self.url)
            defer { try? handle.close() }
            sample = try handle.read(upToCount: 512) ?? Data()
            size = Int(try handle.seekToEnd())
        } catch {
            throw TuneError(
                .io, "The file \(url.path) cannot be read.", remedy: "Check its permissions.",
                cause: error)
        }
    }

    /// Computes the SHA-256 of the content.
    mutating func digest() throws {
        guard sha256.isEmpty else { return }
        var hash = SHA256()
        try readPieces { hash.update(bufferPointer: $0) }
        sha256 = hexadecimal(hash.finalize())
    }

    /// What the Hub would call the content: git's name of a regular file, or its SHA-256.
    mutating func objectID(_ mode: Mode) throws -> String {
        guard mode == .regular else {
            try digest()
            return sha256
        }
        var hash = Insecure.SHA1()
        hash.update(data: Data("blob \(size)\u{0}".utf8))
        try readPieces { hash.update(bufferPointer: $0) }
        return hexadecimal(hash.finalize())
    }

    /// Reads the file from begin to end, by at most a mebibyte at a time.
    func readPieces(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        do {
            try FileSystems.current.readPieces(url, body)
        } catch let error as FileError {
            throw error.tuneError()
        }
    }
}

/// Refuses paths that could leave a repository or touch its management.
private func checkPath(_ path: String) throws {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let isSound =
        !path.isEmpty && !parts.contains { ["", ".", "..", ".git"].contains($0) }
        && path.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    guard isSound else {
        throw TuneError(
            .badData,
            "'\(strippingControlCharacters(path))' cannot be the path of a file in a repository.",
            remedy: "Rename the file, or leave it out.")
    }
}

private func hexadecimal(_ digest: some Sequence<UInt8>) -> String {
    digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
