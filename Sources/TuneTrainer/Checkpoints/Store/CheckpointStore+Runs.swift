public import Foundation
public import TuneBase

extension CheckpointStore {
    /// The store of a directory, which is made if it does not exist.
    ///
    /// The identity of the run is in the file `.run.json`; a directory without one takes that of
    /// its newest checkpoint, or begins a run.
    ///
    /// - Parameters:
    ///   - directory: The directory of the run.
    ///   - fresh: Whether a new run begins: checkpoints of earlier ones are moved into a directory
    ///     of `archive`.
    ///   - fileSystem: Where the directory is.
    /// - Returns: The store.
    /// - Throws: `TuneError` when the directory cannot be read or written.
    public static func open(
        _ directory: URL, fresh: Bool = false,
        fileSystem: any FileSystem = FileSystems.current
    ) throws -> CheckpointStore {
        try FileSystems.$current.withValue(fileSystem) {
            try TuneBase.createDirectory(directory)
            let known = CheckpointStore(
                directory: directory, runID: "", fileSystem: fileSystem
            ).knownRun()
            if let known, !fresh {
                return CheckpointStore(directory: directory, runID: known, fileSystem: fileSystem)
            }
            let store = CheckpointStore(
                directory: directory, runID: UUID().uuidString.lowercased(),
                fileSystem: fileSystem)
            if fresh { try store.setAside(runID: known) }
            try store.writeIdentity()
            return store
        }
    }

    /// The run that the directory belongs to.
    private func knownRun() -> String? {
        if let data = try? fileSystem.read(place(identityName)),
            let run = try? JSONValue(parsing: data, source: identityName)["run_id"]?.string
        {
            return run
        }
        let steps = (try? steps()) ?? []
        return steps.reversed().lazy.compactMap { [self] step in
            (try? readManifest(url(step: step), fileSystem))?.runID
        }.first
    }

    private func writeIdentity() throws {
        let identity: JSONValue = ["format_version": 1, "run_id": .string(runID)]
        try writeFileAtomically(place(identityName), identity.serialized(indent: 2) + "\n")
        try explaining { try fileSystem.sync(directory) }
    }

    /// Moves the checkpoints of an earlier run into a directory of their own, oldest first, so
    /// that an interruption leaves the newest in place.
    private func setAside(runID: String?) throws {
        try explaining {
            _ = try recover()
            let steps = try steps()
            guard !steps.isEmpty else { return }
            let archive = try newArchive(runID ?? "unknown")
            for step in steps {
                try fileSystem.rename(
                    url(step: step), to: archive.appendingPathComponent(checkpointName(step)))
            }
            try fileSystem.sync(archive)
            try fileSystem.sync(directory)
        }
    }

    /// Moves the checkpoints of later steps into a directory of the archive, newest first, because
    /// the run takes another course from here on.
    func setAside(after step: Int) throws {
        try explaining {
            let later = try steps().filter { $0 > step }
            guard !later.isEmpty else { return }
            let archive = try newArchive("\(runID)-after-\(step)")
            for step in later.reversed() {
                try fileSystem.rename(
                    url(step: step), to: archive.appendingPathComponent(checkpointName(step)))
            }
            try fileSystem.sync(archive)
            try fileSystem.sync(directory)
        }
    }

    /// Makes a directory in the archive that did not exist.
    private func newArchive(_ name: String) throws -> URL {
        let parent = place(archiveName)
        try fileSystem.createDirectories(parent)
        try fileSystem.sync(directory)
        for number in 1... {
            let target = parent.appendingPathComponent(number == 1 ? name : "\(name)-\(number)")
            guard try fileSystem.status(target) == nil else { continue }
            try fileSystem.createDirectory(target)
            try fileSystem.sync(parent)
            return target
        }
        return parent
    }
}

/// The file that names the run of a directory.
private let identityName = ".run.json"
