import Foundation
import TuneBase

/// Reads a checkpoint that a user named completely, and compares it with its manifest; one without
/// a manifest, as Python's Trainer writes them, only has to have a model and a history.
///
/// - Throws: `TuneError` that says what is wrong with it.
func verifyNamedCheckpoint(_ directory: URL) throws {
    let fileSystem = FileSystems.current
    do {
        _ = try verifyCheckpoint(directory, fileSystem)
    } catch is MissingManifest {
        for name in ["model.safetensors", "trainer_state.json"] {
            guard try fileSystem.status(directory.appendingPathComponent(name)) == nil else {
                continue
            }
            throw TuneError(
                .missingInput, "\(directory.path) is no checkpoint: it has no \(name).",
                remedy: "Name a directory that a Trainer wrote: checkpoint-<step>.")
        }
    } catch let flaw as CheckpointFlaw {
        throw TuneError(
            .badData, "The checkpoint \(directory.path) cannot be used: \(flaw.reason).",
            remedy: "Go on from another one, or from the newest valid one: true.")
    } catch let error as FileError {
        throw error.tuneError()
    }
}
