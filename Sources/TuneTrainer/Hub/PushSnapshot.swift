import Foundation
import TuneBase

/// Files as they are at one moment, in a hidden folder of the output directory, so that an upload
/// reads whole files of one checkpoint while training writes the next.
struct PushSnapshot: Sendable {
    /// The folder.
    let url: URL
    /// Where it goes in the repository; empty for the root.
    let path: String
    /// What the commit says.
    let message: String

    /// Files from this size on are linked, smaller ones copied.
    ///
    /// What grows in place (logs) is small; what is large is written under another name and then
    /// renamed, which a link does not notice.
    private static let linkedSize = 32 << 20

    /// Takes the model: the files of the output directory that are meant for others, and over them
    /// those of a checkpoint that is complete.
    init(of directory: URL, model checkpoint: URL? = nil, message: String) throws {
        (url, path, self.message) = (Self.place(in: directory), "", message)
        do {
            if let checkpoint {
                try take(checkpoint, linking: true) { !Self.isTrainingState($0) }
            }
            try take(directory, linking: false, where: isPublished)
        } catch {
            remove()
            throw error
        }
    }

    /// Takes a whole checkpoint.
    init(of checkpoint: URL, in directory: URL, at path: String, message: String) throws {
        (url, self.path, self.message) = (Self.place(in: directory), path, message)
        do {
            try take(checkpoint, linking: true) { _ in true }
        } catch {
            remove()
            throw error
        }
    }

    /// Removes the folder; the files it was taken from stay.
    func remove() { try? FileManager.default.removeItem(at: url) }

    /// Removes what processes left behind that have ended.
    static func removeAbandoned(in directory: URL) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
        for name in names where name.hasPrefix(prefix) {
            let process = Int32(name.dropFirst(prefix.count).prefix { $0 != "-" }) ?? 0
            guard process > 0, kill(process, 0) != 0, errno == ESRCH else { continue }
            try? FileManager.default.removeItem(at: directory.appendingPathComponent(name))
        }
    }

    private static let prefix = ".push-"

    private static func place(in directory: URL) -> URL {
        directory.appendingPathComponent(
            "\(prefix)\(ProcessInfo.processInfo.processIdentifier)-\(UUID().uuidString)")
    }

    /// Takes the files of a folder that are not there yet.
    private func take(
        _ folder: URL, linking: Bool, where isMeant: (String) -> Bool
    ) throws {
        let files = try FileSystems.current.tree(folder)
        for (name, status) in files where status.kind == .file && isMeant(name) {
            let target = url.appendingPathComponent(name)
            guard !FileManager.default.fileExists(atPath: target.path) else { continue }
            try createDirectory(target.deletingLastPathComponent())
            try take(
                folder.appendingPathComponent(name), to: target,
                linking: linking || status.size >= Self.linkedSize)
        }
    }

    private func take(_ file: URL, to target: URL, linking: Bool) throws {
        let manager = FileManager.default
        // Not every file system knows links.
        if linking, (try? manager.linkItem(at: file, to: target)) != nil { return }
        do {
            try manager.copyItem(at: file, to: target)
        } catch {
            throw TuneError(
                .io, "\(file.path) cannot be copied for the upload.",
                remedy: "Make room in the output directory.", cause: error)
        }
    }

    /// Whether a file of a checkpoint is needed by nothing but a training that goes on.
    private static func isTrainingState(_ name: String) -> Bool {
        [
            "manifest.json", "optimizer.safetensors", "optimizer.json", "scheduler.json",
            "scaler.json", "rng_state.safetensors", "progress.json", "trainer_state.json",
        ].contains(name)
    }
}

/// Whether a file of an output directory goes to the Hub with the model, by its path from there.
///
/// As in Python not what begins with `_` and no checkpoints; nor what is hidden or set aside.
public func isPublished(_ path: String) -> Bool {
    let parts = path.split(separator: "/")
    guard let first = parts.first, !parts.contains(where: { $0.hasPrefix(".") }) else {
        return false
    }
    return !first.hasPrefix("_") && !first.hasPrefix("checkpoint-")
        && !(parts.count > 1 && [quarantineName, archiveName].contains(String(first)))
}
