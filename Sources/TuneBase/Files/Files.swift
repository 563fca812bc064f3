public import Foundation

/// Reads a whole file.
///
/// - Throws: `TuneError` that names the path and says whether it is missing or unreadable.
public func readFile(_ file: URL) throws -> Data {
    do {
        return try FileSystems.current.read(file)
    } catch let error as FileError where error.number == ENOENT {
        throw TuneError(
            .missingInput, "The file \(file.path) does not exist.",
            remedy: "Check the path.", cause: error)
    } catch {
        throw TuneError(
            .io, "The file \(file.path) cannot be read.", remedy: "Check its permissions.",
            cause: error)
    }
}

/// Creates a directory with its parents; an existing one is kept.
public func createDirectory(_ directory: URL) throws {
    do {
        try FileSystems.current.createDirectories(directory)
    } catch {
        throw TuneError(
            .cannotCreate,
            "The directory \(directory.path) cannot be created\(reason(of: error)).",
            remedy: "Choose a path that you may write to.", cause: error)
    }
}

/// Writes a file so that a reader sees the old content or the whole new one, never a part.
///
/// `body` receives a temporary file in the same directory, which is flushed to disk and renamed
/// at the end.
public func writeFileAtomically(
    _ file: URL, _ body: (any WritableFile) throws -> Void
) throws {
    let directory = file.deletingLastPathComponent()
    try createDirectory(directory)
    let fileSystem = FileSystems.current
    let temporary = directory.appendingPathComponent(
        ".\(file.lastPathComponent).\(ProcessInfo.processInfo.processIdentifier).\(UInt64.random(in: .min ... .max)).tmp"
    )
    let target: any WritableFile
    do {
        target = try fileSystem.createFile(temporary)
    } catch {
        throw TuneError(
            .cannotCreate, "The file \(file.path) cannot be written\(reason(of: error)).",
            remedy: "Choose a path that you may write to.", cause: error)
    }
    do {
        try body(target)
        try target.sync()
        try target.close()
        try fileSystem.rename(temporary, to: file)
    } catch {
        try? target.close()
        try? fileSystem.removeFile(temporary)
        throw TuneError(
            .io, "Writing \(file.path) failed: \(explanation(of: error))",
            remedy: (error as? FileError)?.remedy ?? "Check free space and permissions.",
            cause: error)
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

/// The system's words in the middle of a sentence.
private func reason(of error: any Error) -> String {
    (error as? FileError).map { ": \($0.reason)" } ?? ""
}

private func explanation(of error: any Error) -> String {
    (error as? FileError).map { "\($0.reason)." } ?? error.localizedDescription
}
