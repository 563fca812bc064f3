import Foundation
import TuneBase

/// A file of TensorBoard events, which grows as they happen.
final class EventFile {
    /// Where it is.
    let file: URL
    private let handle: FileHandle

    /// Creates the file `events.out.tfevents.<seconds>.<host>.<process>.<n>` in a directory.
    ///
    /// - Throws: `TuneError` when it cannot be created.
    init(in directory: URL, time: Double = Date().timeIntervalSince1970) throws {
        try createDirectory(directory)
        let process = ProcessInfo.processInfo
        let name =
            "events.out.tfevents.\(Int(time)).\(hostName()).\(process.processIdentifier)"
        let candidates = (0...).lazy.map { directory.appendingPathComponent("\(name).\($0)") }
        guard
            let free = candidates.first(where: { !FileManager.default.fileExists(atPath: $0.path) }
            ),
            FileManager.default.createFile(atPath: free.path, contents: nil)
        else {
            throw TuneError(
                .cannotCreate, "No event file can be created in \(directory.path).",
                remedy: "Check its permissions, or set TENSORBOARD_LOGGING_DIR.")
        }
        file = free
        handle = try FileHandle(forWritingTo: free)
        try append(EventMessage.version(time: time))
    }

    /// Appends an event; a reader that looks meanwhile sees whole events only.
    func append(_ event: Data) throws { try handle.write(contentsOf: RecordFraming.record(event)) }
}

/// The name of this machine in the network.
func hostName() -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, buffer.count - 1) == 0 else { return "localhost" }
    let name = String(
        decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    return name.isEmpty || name.contains("/") ? "localhost" : name
}
