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
        let staging = place(TransientName(.staging, step: step, process: processID).name)
        do {
            try checkSpace(estimatedBytes)
            let manifest = try write(step, to: staging, stage)
            try install(staging, step: step)
            markVerified(step)
            return Checkpoint(step: step, url: url(step: step), manifest: manifest)
        } catch {
            try? fileSystem.removeTree(staging)
            throw failure(step, error)
        }
    }

    private func checkSpace(_ needed: Int) throws {
        let free = try fileSystem.freeSpace(directory)
        guard free < needed else { return }
        throw TuneError(
            .io, "It needs \(megabytes(needed)), and \(megabytes(free)) are free.",
            remedy: "Free space on the disk, or keep fewer checkpoints (saveTotalLimit).")
    }

    /// Writes all files and the manifest, and waits until they are on the disk.
    private func write(
        _ step: Int, to directory: URL, _ stage: (URL) throws -> Void
    ) throws -> CheckpointManifest {
        try fileSystem.createDirectory(directory)
        let observer = StagingFileSystem(fileSystem, root: directory)
        defer { observer.abandon() }
        try FileSystems.$current.withValue(observer) { try stage(directory) }
        let manifest = CheckpointManifest(
            runID: runID, step: step, files: try observer.written())
        let file = try fileSystem.createFile(directory.appendingPathComponent(manifestName))
        defer { try? file.close() }
        try file.write(contentsOf: manifest.serialized)
        try observer.settle(file)
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

/// A number of bytes for people.
private func megabytes(_ bytes: Int) -> String {
    "\((Double(bytes) / 1e6).formatted(.number.precision(.fractionLength(1)))) MB"
}
