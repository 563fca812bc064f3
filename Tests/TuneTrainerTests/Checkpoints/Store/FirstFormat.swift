import Crypto
import Foundation
import Testing
import TuneBase

/// Gives a checkpoint the manifest of the first version of the format, which has SHA-256.
func giveFirstManifest(_ checkpoint: URL, _ fileSystem: any FileSystem) throws {
    let place = checkpoint.appendingPathComponent("manifest.json")
    let now = try JSONValue(parsing: fileSystem.read(place), source: "manifest.json")
    let files = try #require(now["files"]?.array).map { file in
        let path = try #require(file["path"]?.string)
        let bytes = try fileSystem.read(checkpoint.appendingPathComponent(path))
        return JSONValue.object(
            JSONObject([
                ("path", .string(path)), ("size", .int(bytes.count)),
                ("sha256", .string(sha256(bytes))),
            ]))
    }
    var manifest = JSONObject([
        ("format_version", 1), ("run_id", try #require(now["run_id"])),
        ("step", try #require(now["step"])), ("files", .array(files)),
    ])
    let text = JSONValue.object(manifest).serialized(indent: 2)
    manifest["sha256"] = .string(sha256(Data(text.utf8)))
    try fileSystem.removeFile(place)
    let file = try fileSystem.createFile(place)
    try file.write(
        contentsOf: Data((JSONValue.object(manifest).serialized(indent: 2) + "\n").utf8))
    try file.close()
}

private func sha256(_ bytes: Data) -> String {
    SHA256.hash(data: bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
