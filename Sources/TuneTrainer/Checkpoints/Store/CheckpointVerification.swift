import Foundation
import TuneBase

/// A directory without `manifest.json` is no checkpoint of ours.
struct MissingManifest: Error {
    let reason = "it has no \(manifestName): another program wrote it, or the file was deleted"
}

/// Reads a checkpoint completely and compares it with its manifest.
///
/// - Throws: ``CheckpointFlaw``, ``MissingManifest``, or `FileError`.
func verifyCheckpoint(
    _ directory: URL, _ fileSystem: any FileSystem
) throws -> CheckpointManifest {
    let manifest = try readManifest(directory, fileSystem)
    try compareNames(manifest, directory, fileSystem)
    let algorithm = manifest.algorithm
    for file in manifest.files {
        let digest = try fileDigest(
            directory.appendingPathComponent(file.path), algorithm, fileSystem)
        guard digest.size == file.size, digest.hexadecimal == file.digest else {
            throw CheckpointFlaw(
                "\(file.path) differs from what was written (\(algorithm.title))")
        }
    }
    return manifest
}

/// Reads the manifest of a checkpoint, which says nothing about its files yet.
func readManifest(_ directory: URL, _ fileSystem: any FileSystem) throws -> CheckpointManifest {
    guard try fileSystem.status(directory)?.kind == .directory else {
        throw CheckpointFlaw("it is no directory")
    }
    let file = directory.appendingPathComponent(manifestName)
    guard let status = try fileSystem.status(file) else { throw MissingManifest() }
    guard status.kind == .file else { throw CheckpointFlaw("\(manifestName) is no plain file") }
    guard status.size <= maximumManifestSize else {
        throw CheckpointFlaw("\(manifestName) has \(status.size) bytes")
    }
    return try CheckpointManifest(fileSystem.read(file))
}

/// Far more than the names of any checkpoint need.
private let maximumManifestSize = 16 << 20

/// The directory holds the files of the manifest, of the right sizes, and nothing else.
///
/// Files are looked up by the names found in the directory, so no name of a manifest is a path.
private func compareNames(
    _ manifest: CheckpointManifest, _ directory: URL, _ fileSystem: any FileSystem
) throws {
    var found = try fileSystem.tree(directory)
    found[manifestName] = nil
    for file in manifest.files {
        guard let status = found.removeValue(forKey: file.path) else {
            throw CheckpointFlaw("\(file.path) is missing")
        }
        guard status.kind == .file else { throw CheckpointFlaw("\(file.path) is no plain file") }
        guard status.size == file.size else {
            throw CheckpointFlaw(
                "\(file.path) has \(status.size) bytes where \(file.size) were written")
        }
    }
    if let extra = found.keys.min() { throw CheckpointFlaw("\(extra) does not belong to it") }
}
