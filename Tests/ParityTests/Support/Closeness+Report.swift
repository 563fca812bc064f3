import FineTuneKit
import Foundation

extension Closeness {
    /// Appends the largest differences to the file that `PARITY_REPORT` names, if any.
    func report(_ name: String, _ mode: ExecutionMode) throws {
        guard let path = ProcessInfo.processInfo.environment["PARITY_REPORT"] else { return }
        let url = URL(fileURLWithPath: path)
        if !FileManager.default.fileExists(atPath: path) { try Data().write(to: url) }
        let parts = Kind.allCases.map { kind in
            "\(kind.rawValue) \(String(format: "%.1e", worst[kind] ?? 0))"
        }
        let file = try FileHandle(forWritingTo: url)
        defer { try? file.close() }
        try file.seekToEnd()
        try file.write(
            contentsOf: Data("\(name) (\(mode.rawValue)): \(parts.joined(separator: ", "))\n".utf8))
    }
}
