package import Foundation
import TuneBase

/// The file with the choices of one user for one processor.
///
/// A choice that was published never changes, so that trainings can be repeated: whoever publishes
/// another one for the same product gets the first one back. Processes take turns by a lock.
package struct ProductStore: Sendable {
    private static let largest = 8 << 20
    private static let longestWait: Duration = .seconds(2)

    private let processor: String
    package let file: URL

    /// The store for a processor in a directory, which need not exist.
    ///
    /// Each processor has a file, as many computers may share a directory.
    package init(_ directory: URL, processor: String = processorIdentity()) {
        self.processor = processor
        // What another version chose from is not what this one can choose from.
        let name = String(
            fingerprint("\(ProductTable.version), \(processor)"), radix: 16)
        file = directory.appendingPathComponent("products-\(name).json")
    }

    /// What is stored; nothing where there is no file.
    ///
    /// - Throws: `TuneError` that says why the file cannot be used.
    package func read() throws -> [ProductKey: ProductChoice] {
        guard let status = try FileSystems.current.status(file, followingLinks: true) else {
            return [:]
        }
        guard status.kind == .file, status.size <= Self.largest else {
            throw TuneError(.badData, "\(file.path): it is not a table of products.")
        }
        let table = try ProductTable(parsing: readFile(file), source: file.path)
        guard table.processor == processor else {
            throw TuneError(.badData, "\(file.path): it is of another processor.")
        }
        return table.choices
    }

    /// Whether ``publish(_:replacingGuesses:)`` can succeed.
    package var isWritable: Bool { (try? withLock {}) != nil }

    /// Adds choices to what is stored.
    ///
    /// A file that cannot be read is replaced.
    ///
    /// - Parameters:
    ///   - choices: The new ones; they do not replace others of the same product.
    ///   - replacingGuesses: Whether they replace choices for which there was no time to measure.
    /// - Returns: What is stored now.
    /// - Throws: An error when nothing can be written.
    package func publish(
        _ choices: [ProductKey: ProductChoice], replacingGuesses: Bool = false
    ) throws -> [ProductKey: ProductChoice] {
        try withLock {
            let stored = (try? read()) ?? [:]
            let merged = stored.merging(choices) { old, new in
                replacingGuesses && old.seconds.isEmpty ? new : old
            }
            if merged != stored {
                try writeFileAtomically(
                    file, ProductTable(processor: processor, choices: merged).data)
            }
            return try read()
        }
    }

    private func withLock<R>(_ body: () throws -> R) throws -> R {
        try createDirectory(file.deletingLastPathComponent())
        let path = file.path + ".lock"
        let descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw FileError("created", URL(filePath: path), errno) }
        defer { close(descriptor) }
        let end = ContinuousClock.now + Self.longestWait
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let number = errno
            guard number == EWOULDBLOCK || number == EINTR, ContinuousClock.now < end else {
                throw FileError("locked", URL(filePath: path), number)
            }
            usleep(2_000)
        }
        return try body()
    }
}

/// FNV-1a, the same in every process.
private func fingerprint(_ text: String) -> UInt64 {
    text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
}
