import Crypto
import Foundation
import TuneBase

/// A SHA-256 that grows with the bytes of a file, and their number.
struct FileDigest {
    private(set) var size = 0
    private var hash = SHA256()

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        hash.update(bufferPointer: bytes)
        size += bytes.count
    }

    /// The SHA-256 of the bytes so far, in hexadecimal digits.
    var hexadecimal: String { digits(hash.finalize()) }
}

/// The SHA-256 of some bytes, in hexadecimal digits.
func sha256(_ bytes: Data) -> String { digits(SHA256.hash(data: bytes)) }

/// The digest of a file as it is on the disk.
func fileDigest(_ file: URL, _ fileSystem: any FileSystem) throws -> FileDigest {
    var digest = FileDigest()
    try fileSystem.readPieces(file) { digest.update($0) }
    return digest
}

private func digits(_ digest: SHA256.Digest) -> String {
    let hexadecimal = Array("0123456789abcdef".utf8)
    let text = digest.flatMap { [hexadecimal[Int($0 >> 4)], hexadecimal[Int($0 & 15)]] }
    return String(decoding: text, as: UTF8.self)
}
