import Foundation
import TuneBase

/// The checkpoints in a directory by ascending step.
func checkpoints(in directory: URL) -> [(step: Int, url: URL)] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
    return names.compactMap { name in
        guard name.hasPrefix("checkpoint-"), let step = Int(name.dropFirst(11)), step >= 0 else {
            return nil
        }
        return (step, directory.appendingPathComponent(name))
    }
    .sorted { $0.step < $1.step }
}

/// Deletes the oldest checkpoints beyond a limit, never the newest nor the best.
///
/// - Parameters:
///   - directory: Where the checkpoints are.
///   - limit: How many may stay; nil keeps all.
///   - best: The path of the best one.
/// - Throws: `TuneError` when one cannot be deleted.
func rotateCheckpoints(in directory: URL, keeping limit: Int?, best: String?) throws {
    guard let limit else { return }
    let found = checkpoints(in: directory)
    let bestName = best.map { URL(fileURLWithPath: $0).lastPathComponent }
    let protected = Set(
        found.map(\.url.lastPathComponent).filter {
            $0 == bestName || $0 == found.last?.url.lastPathComponent
        })
    var surplus = found.count - max(limit, protected.count)
    for (_, url) in found where surplus > 0 && !protected.contains(url.lastPathComponent) {
        do {
            try FileManager.default.removeItem(at: url)
        } catch {
            throw TuneError(
                .io, "The old checkpoint \(url.path) cannot be deleted.",
                remedy: "Check its permissions, or leave saveTotalLimit out.", cause: error)
        }
        surplus -= 1
    }
}
