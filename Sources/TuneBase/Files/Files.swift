public import Foundation

/// Reads a whole file.
///
/// - Throws: `TuneError` that names the path and says whether it is missing or unreadable.
public func readFile(_ file: URL) throws -> Data {
    do {
        return try Data(contentsOf: file, options: .mappedIfSafe)
    } catch {
        guard FileManager.default.fileExists(atPath: file.path) else {
            throw TuneError(
                .missingInput, "The file \(file.path) does not exist.",
                remedy: "Check the path.", cause: error)
        }
        throw TuneError(
            .io, "The file \(file.path) cannot be read.", remedy: "Check its permissions.",
            cause: error)
    }
}

/// Creates a directory with its parents; an existing one is kept.
public func createDirectory(_ directory: URL) throws {
    do {
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    } catch {
        throw TuneError(
            .cannotCreate, "The directory \(directory.path) cannot be created.",
            remedy: "Choose a path that you may write to.", cause: error)
    }
}

/// Writes a file so that a reader sees the old content or the whole new one, never a part.
///
/// `body` receives a handle to a temporary file in the same directory, which is flushed to disk
/// and renamed at the end.
public func writeFileAtomically(_ file: URL, _ body: (FileHandle) throws -> Void) throws {
    let directory = file.deletingLastPathComponent()
    try createDirectory(directory)
    let temporary = directory.appendingPathComponent(
        ".\(file.lastPathComponent).\(ProcessInfo.processInfo.processIdentifier).\(UInt64.random(in: .min ... .max)).tmp"
    )
    guard FileManager.default.createFile(atPath: temporary.path, contents: nil) else {
        throw TuneError(
            .cannotCreate, "The file \(file.path) cannot be written.",
            remedy: "Choose a path that you may write to.")
    }
    do {
        let handle = try FileHandle(forWritingTo: temporary)
        try body(handle)
        try handle.synchronize()
        try handle.close()
        guard rename(temporary.path, file.path) == 0 else {
            throw TuneError(.io, String(cString: strerror(errno)))
        }
    } catch {
        try? FileManager.default.removeItem(at: temporary)
        throw TuneError(
            .io, "Writing \(file.path) failed: \(error.localizedDescription)",
            remedy: "Check free space and permissions.", cause: error)
    }
}

/// Writes `data` to a file in one piece; see ``writeFileAtomically(_:_:)``.
public func writeFileAtomically(_ file: URL, _ data: Data) throws {
    try writeFileAtomically(file) { try $0.write(contentsOf: data) }
}

/// Writes `text` to a file in one piece; see ``writeFileAtomically(_:_:)``.
public func writeFileAtomically(_ file: URL, _ text: String) throws {
    try writeFileAtomically(file, Data(text.utf8))
}
