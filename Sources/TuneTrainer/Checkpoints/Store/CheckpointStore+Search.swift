public import Foundation
import TuneBase

/// A checkpoint that was passed over.
public struct SkippedCheckpoint: Sendable, Equatable, CustomStringConvertible {
    /// What became of it.
    public enum Disposition: Sendable, Equatable {
        /// It was found bad and is in `quarantine` now.
        case quarantined
        /// It is where it was: it has no manifest, so another program may own it, or it cannot be
        /// read or moved.
        case left
    }

    /// The name it had.
    public let name: String
    /// What is wrong with it, as the rest of a sentence.
    public let reason: String
    /// What became of it.
    public let disposition: Disposition
    /// Where it is.
    public let url: URL

    /// One sentence for the user.
    public var description: String {
        let moved =
            disposition == .quarantined
            ? "; moved to \(quarantineName)/\(url.lastPathComponent)" : ""
        return "\(name) is skipped: \(reason)\(moved)."
    }
}

/// What a search for the newest checkpoint found.
public struct CheckpointSearch: Sendable {
    /// The newest good checkpoint; nil without any.
    public var newest: Checkpoint?
    /// The newer ones that cannot be used, newest first.
    public var skipped: [SkippedCheckpoint] = []
    /// What could not be tidied up, one sentence each.
    public var problems: [String] = []
}

extension CheckpointStore {
    /// Finds the newest checkpoint of this run that is complete and unharmed.
    ///
    /// Every byte of a candidate is read and compared with the manifest. Bad ones are moved to
    /// `quarantine`, never deleted; directories without a manifest (those of Python) are left
    /// alone. What crashed processes left behind is removed.
    ///
    /// - Throws: `TuneError` when the directory cannot be read.
    public func newestValid() throws -> CheckpointSearch {
        var search = CheckpointSearch()
        search.problems = try explaining { try recover() }
        for step in try steps().reversed() {
            do {
                let manifest = try verify(step)
                search.newest = Checkpoint(step: step, url: url(step: step), manifest: manifest)
                return search
            } catch {
                search.skipped.append(skip(step, error))
            }
        }
        return search
    }

    /// Reads the checkpoint of a step completely and compares it with its manifest.
    ///
    /// - Throws: ``CheckpointFlaw`` for what is wrong with it, `FileError` when it cannot be read.
    func verify(_ step: Int) throws -> CheckpointManifest {
        markVerified(step, false)
        let manifest = try verifyCheckpoint(url(step: step), fileSystem)
        guard manifest.runID == runID else {
            throw CheckpointFlaw("it belongs to another run (\(manifest.runID))")
        }
        guard manifest.step == step else {
            throw CheckpointFlaw("it is the checkpoint of step \(manifest.step)")
        }
        markVerified(step)
        return manifest
    }

    /// Says why a checkpoint is passed over, and moves it away if it is known to be bad.
    func skip(_ step: Int, _ error: any Error) -> SkippedCheckpoint {
        let name = checkpointName(step)
        guard let flaw = error as? CheckpointFlaw else {
            let reason = (error as? MissingManifest)?.reason ?? "it cannot be read (\(error))"
            return SkippedCheckpoint(
                name: name, reason: reason, disposition: .left, url: url(step: step))
        }
        do {
            let place = try move(url(step: step), into: quarantineName)
            return SkippedCheckpoint(
                name: name, reason: flaw.reason, disposition: .quarantined, url: place)
        } catch {
            return SkippedCheckpoint(
                name: name, reason: "\(flaw.reason); it cannot be moved away (\(error))",
                disposition: .left, url: url(step: step))
        }
    }
}
