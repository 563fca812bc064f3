import Foundation
import TuneBase

/// What a checkpoint consists of, byte for byte: the content of its `manifest.json`.
public struct CheckpointManifest: Sendable, Equatable {
    /// One file of the checkpoint.
    public struct File: Sendable, Equatable {
        /// Its path from the directory of the checkpoint.
        public let path: String
        /// Its size in bytes.
        public let size: Int
        /// The digest of its bytes in hexadecimal digits: XXH3 with 128 bits as `xxhsum -H2` prints
        /// it, or SHA-256 in version 1 of the format.
        public let digest: String
    }

    /// The version of the format of the manifest and of the directory that this program writes; it
    /// also reads version 1, which has SHA-256 where this one has XXH3.
    public static let currentVersion = 2

    /// The version of the format.
    public let formatVersion: Int
    /// The run that wrote the checkpoint.
    public let runID: String
    /// The optimizer step.
    public let step: Int
    /// All files but the manifest, by path.
    public let files: [File]

    init(runID: String, step: Int, files: [File]) {
        (self.runID, self.step) = (runID, step)
        self.files = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        formatVersion = Self.currentVersion
    }

    /// Reads the bytes of a manifest.
    ///
    /// - Throws: ``CheckpointFlaw`` unless they are exactly those that were written.
    init(_ bytes: Data) throws {
        guard let object = try? JSONValue(parsing: bytes, source: manifestName).object else {
            throw CheckpointFlaw("\(manifestName) is damaged")
        }
        let fields = try Self.expecting { try JSONFields(.object(object), source: manifestName) }
        formatVersion = try Self.expecting { try fields.int("format_version") }
        guard let algorithm = Self.algorithms[formatVersion] else {
            throw CheckpointFlaw(
                "its format has the version \(formatVersion), this program reads 1 to \(Self.currentVersion)"
            )
        }
        runID = try Self.expecting { try fields.string("run_id") }
        step = try Self.expecting { try fields.int("step") }
        files = try Self.expecting {
            try (object["files"]?.array ?? []).map { try File($0, algorithm) }
        }
        guard serialized == bytes else { throw CheckpointFlaw("\(manifestName) is damaged") }
    }

    /// How files and manifest are digested.
    var algorithm: DigestAlgorithm { Self.algorithms[formatVersion] ?? .xxh3 }

    private static let algorithms: [Int: DigestAlgorithm] = [1: .sha256, currentVersion: .xxh3]

    /// The bytes of the file: JSON whose last member is the digest of it without that member.
    var serialized: Data {
        let algorithm = algorithm
        var object = JSONObject([
            ("format_version", .int(formatVersion)), ("run_id", .string(runID)),
            ("step", .int(step)), ("files", .array(files.map { $0.json(algorithm) })),
        ])
        let text = JSONValue.object(object).serialized(indent: 2)
        object[algorithm.rawValue] = .string(hexadecimalDigest(Data(text.utf8), algorithm))
        return Data((JSONValue.object(object).serialized(indent: 2) + "\n").utf8)
    }

    private static func expecting<R>(_ read: () throws -> R) throws -> R {
        do { return try read() } catch { throw CheckpointFlaw("\(manifestName) is damaged") }
    }
}

extension CheckpointManifest.File {
    fileprivate func json(_ algorithm: DigestAlgorithm) -> JSONValue {
        .object(
            JSONObject([
                ("path", .string(path)), ("size", .int(size)),
                (algorithm.rawValue, .string(digest)),
            ]))
    }

    fileprivate init(_ value: JSONValue, _ algorithm: DigestAlgorithm) throws {
        let fields = try JSONFields(value, source: manifestName)
        path = try fields.string("path")
        size = try fields.int("size")
        digest = try fields.string(algorithm.rawValue)
    }
}

/// Why a checkpoint cannot be used, as the rest of a sentence about it.
struct CheckpointFlaw: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}
