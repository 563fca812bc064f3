import Crypto
import Foundation
import TuneBase

/// How the bytes of a checkpoint are digested, by the name that manifests use.
///
/// Digests find damage: of the disk, of a copy, of a crash. Who may write to the directory can
/// change files and manifest together, whichever the algorithm.
enum DigestAlgorithm: String {
    /// XXH3 with 128 bits, as fast as memory; the digits are those of `xxhsum -H2`.
    case xxh3 = "xxh3_128"
    /// SHA-256, of checkpoints in the first version of the format.
    case sha256

    /// The name for people.
    var title: String {
        switch self {
        case .xxh3: "XXH3"
        case .sha256: "SHA-256"
        }
    }

    fileprivate func begin() -> any RunningDigest {
        switch self {
        case .xxh3: XXH3()
        case .sha256: SHA256()
        }
    }
}

/// The digest of a file, which grows with the bytes, and their number.
final class FileDigest {
    private(set) var size = 0
    private var digest: any RunningDigest

    init(_ algorithm: DigestAlgorithm) { digest = algorithm.begin() }

    func update(_ bytes: UnsafeRawBufferPointer) {
        digest.append(bytes)
        size += bytes.count
    }

    /// The digest of the bytes so far.
    var hexadecimal: String { digits(digest.bytes) }
}

/// The digest of some bytes, in hexadecimal digits.
func hexadecimalDigest(_ bytes: Data, _ algorithm: DigestAlgorithm) -> String {
    let digest = FileDigest(algorithm)
    bytes.withUnsafeBytes { digest.update($0) }
    return digest.hexadecimal
}

/// The digest of a file as it is on the disk.
func fileDigest(
    _ file: URL, _ algorithm: DigestAlgorithm, _ fileSystem: any FileSystem
) throws -> FileDigest {
    let digest = FileDigest(algorithm)
    try fileSystem.readPieces(file) { digest.update($0) }
    return digest
}

/// A digest of bytes that come one after the other.
protocol RunningDigest {
    mutating func append(_ bytes: UnsafeRawBufferPointer)
    /// The digest of the bytes so far.
    var bytes: [UInt8] { get }
}

extension SHA256: RunningDigest {
    mutating func append(_ bytes: UnsafeRawBufferPointer) { update(bufferPointer: bytes) }
    var bytes: [UInt8] { Array(finalize()) }
}

private func digits(_ bytes: [UInt8]) -> String {
    let hexadecimal = Array("0123456789abcdef".utf8)
    let text = bytes.flatMap { [hexadecimal[Int($0 >> 4)], hexadecimal[Int($0 & 15)]] }
    return String(decoding: text, as: UTF8.self)
}
