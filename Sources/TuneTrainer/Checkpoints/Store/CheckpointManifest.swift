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
        /// The SHA-256 of its bytes in hexadecimal digits.
        public let sha256: String
    }

    /// The version of the format of the manifest and of the directory that this program writes.
    public static let currentVersion = 1

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
        guard formatVersion == Self.currentVersion else {
            throw CheckpointFlaw(
                "its format has the version \(formatVersion), this program reads \(Self.currentVersion)"
            )
        }
        runID = try Self.expecting { try fields.string("run_id") }
        step = try Self.expecting { try fields.int("step") }
        files = try Self.expecting { try (object["files"]?.array ?? []).map(File.init) }
        guard serialized == bytes else { throw CheckpointFlaw("\(manifestName) is damaged") }
    }

    /// The bytes of the file: JSON whose last member is the SHA-256 of it without that member.
    var serialized: Data {
        var object = JSONObject([
            ("format_version", .int(formatVersion)), ("run_id", .string(runID)),
            ("step", .int(step)), ("files", .array(files.map(\.json))),
        ])
        let text = JSONValue.object(object).serialized(indent: 2)
        object["sha256"] = .string(TuneTrainer.sha256(Data(text.utf8)))
        return Data((JSONValue.object(object).serialized(indent: 2) + "\n").utf8)
    }

    private static func expecting<R>(_ read: () throws -> R) throws -> R {
        do { return try read() } catch { throw CheckpointFlaw("\(manifestName) is damaged") }
    }
}

extension CheckpointManifest.File {
    fileprivate var json: JSONValue {
        .object(
            JSONObject([
                ("path", .string(path)), ("size", .int(size)), ("sha256", .string(sha256)),
            ]))
    }

    fileprivate init(_ value: JSONValue) throws {
        let fields = try JSONFields(value, source: manifestName)
        path = try fields.string("path")
        size = try fields.int("size")
        sha256 = try fields.string("sha256")
    }
}

/// Why a checkpoint cannot be used, as the rest of a sentence about it.
struct CheckpointFlaw: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}
