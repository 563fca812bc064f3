public import Foundation
import TuneBase

extension CheckpointStore {
    /// Writes the checkpoint of a step: under its name it is complete and on the disk.
    ///
    /// An existing checkpoint of the step gives way to the new one only when that is complete.
    ///
    /// - Parameters:
    ///   - step: The optimizer step.
    ///   - estimatedBytes: What the files will take; less free space refuses the checkpoint before
    ///     anything is written.
    ///   - stage: Writes the files into the directory it is given, by functions that use
    ///     `FileSystems.current`; files written otherwise are read again to be hashed.
    /// - Returns: The checkpoint.
    /// - Throws: `TuneError` when anything fails, the waiting for the disk included: there is no
    ///   such checkpoint then, what was written of it is removed, earlier ones are as they were.
    @discardableResult
    public func publish(
        step: Int, estimatedBytes: Int = 0, _ stage: (URL) throws -> Void
    ) throws -> Checkpoint {
        try finish(self.stage(step: step, estimatedBytes: estimatedBytes, stage))
    }

    /// Writes the files of a step's checkpoint into a hidden directory: the part of
    /// ``publish(step:estimatedBytes:_:)`` that needs the state of the training.
    ///
    /// - Returns: What ``finish(_:)`` makes a checkpoint of, on any thread.
    /// - Throws: `TuneError` when anything fails; what was written is removed.
    package func stage(
        step: Int, estimatedBytes: Int = 0, _ stage: (URL) throws -> Void
    ) throws -> StagedCheckpoint {
        let directory = place(TransientName(.staging, step: step, process: processID).name)
        let staged = StagedCheckpoint(
            step: step, directory: directory,
            files: StagingFileSystem(fileSystem, root: directory))
        try discardingOnFailure(staged) {
            try checkSpace(estimatedBytes)
            try fileSystem.createDirectory(directory)
            try FileSystems.$current.withValue(staged.files) { try stage(directory) }
        }
        return staged
    }

    /// Waits until staged files are on the disk, then gives them the name of their checkpoint.
    ///
    /// - Returns: The checkpoint.
    /// - Throws: `TuneError` when anything fails; what was staged is removed.
    @discardableResult
    package func finish(_ staged: StagedCheckpoint) throws -> Checkpoint {
        try discardingOnFailure(staged) {
            let manifest = try seal(staged)
            try install(staged.directory, step: staged.step)
            markVerified(staged.step)
            return Checkpoint(
                step: staged.step, url: url(step: staged.step), manifest: manifest)
        }
    }

    private func discardingOnFailure<Result>(
        _ staged: StagedCheckpoint, _ body: () throws -> Result
    ) throws -> Result {
        do {
            return try body()
        } catch {
            staged.files.abandon()
            try? fileSystem.removeTree(staged.directory)
            throw failure(staged.step, error)
        }
    }

    private func checkSpace(_ needed: Int) throws {
        let free = try fileSystem.freeSpace(directory)
        guard free < needed else { return }
        throw TuneError(
            .io, "It needs \(megabytes(needed)), and \(megabytes(free)) are free.",
            remedy: "Free space on the disk, or keep fewer checkpoints (saveTotalLimit).")
    }

    /// Writes the manifest, and waits until it and all files are on the disk.
    private func seal(_ staged: StagedCheckpoint) throws -> CheckpointManifest {
        let manifest = CheckpointManifest(
            runID: runID, step: staged.step, files: try staged.files.written())
        let file = try fileSystem.createFile(
            staged.directory.appendingPathComponent(manifestName))
        defer { try? file.close() }
        try file.write(contentsOf: manifest.serialized)
        try staged.files.settle(file)
        try file.close()
        return manifest
    }

    /// Gives a complete directory the name of the step's checkpoint.
    private func install(_ staging: URL, step: Int) throws {
        let final = url(step: step)
        var aside: URL?
        if try fileSystem.status(final) != nil {
            markVerified(step, false)
            let place = place(TransientName(.aside, step: step, process: processID).name)
            // On the disk before the next step: after a crash in between, the name tells what
            // this was (see `recover`).
            try fileSystem.rename(final, to: place)
            aside = place
        }
        do {
            if aside != nil { try fileSystem.sync(directory) }
            try fileSystem.rename(staging, to: final)
            do {
                try fileSystem.sync(directory)
            } catch {
                try? fileSystem.rename(final, to: staging)
                throw error
            }
        } catch {
            if let aside { try? fileSystem.rename(aside, to: final) }
            throw error
        }
        if let aside { _ = retire(aside, step: step) }
    }

    private func failure(_ step: Int, _ cause: any Error) -> TuneError {
        let error = (cause as? FileError)?.tuneError() ?? cause as? TuneError
        return TuneError(
            error?.code ?? .failed,
            "The checkpoint of step \(step) was not written: \(error?.message ?? cause.localizedDescription)",
            remedy: error?.remedy, cause: cause)
    }
}

/// The files of a checkpoint that has no name yet, and may not be on the disk yet.
package struct StagedCheckpoint: Sendable {
    let step: Int
    let directory: URL
    let files: StagingFileSystem
}

/// A number of bytes for people.
private func megabytes(_ bytes: Int) -> String {
    "\((Double(bytes) / 1e6).formatted(.number.precision(.fractionLength(1)))) MB"
}
