import FineTuneKit
import Foundation

/// Checks that a directory can be written to, before anything costly begins.
///
/// A directory that does not exist yet is created for the test and removed again.
///
/// - Throws: `TuneError` that names the directory.
func checkWritable(_ directory: URL) throws {
    let manager = FileManager.default
    let missing = missingDirectories(directory)
    try createDirectory(directory)
    defer { for created in missing { _ = rmdir(created.path) } }
    let probe = directory.appendingPathComponent(".probe-\(UUID().uuidString)")
    guard manager.createFile(atPath: probe.path, contents: nil) else {
        throw TuneError(
            .cannotCreate, "The directory \(directory.path) cannot be written to.",
            remedy: "Choose a directory that you may write to with --output-dir.")
    }
    try? manager.removeItem(at: probe)
}

/// Checks that a file can be written; see ``checkWritable(_:)``.
func checkWritable(file: URL) throws {
    var isDirectory: ObjCBool = false
    if FileManager.default.fileExists(atPath: file.path, isDirectory: &isDirectory),
        isDirectory.boolValue
    {
        throw TuneError(
            .cannotCreate, "\(file.path) is a directory where a file shall be written.",
            remedy: "Name a file.")
    }
    try checkWritable(file.deletingLastPathComponent())
}

/// The directories of a path that do not exist, innermost first.
private func missingDirectories(_ directory: URL) -> [URL] {
    var missing: [URL] = []
    var current = directory.standardizedFileURL
    while current.path != "/", !FileManager.default.fileExists(atPath: current.path) {
        missing.append(current)
        current = current.deletingLastPathComponent()
    }
    return missing
}
