import FineTuneKit
import Foundation

/// What a run in an output directory is about: its model and its data.
struct SavedTask {
    private let file: URL
    private let directory: URL

    init(_ directory: URL) {
        self.directory = directory
        file = directory.appendingPathComponent(savedSettingsFile)
    }

    /// Refuses to go on with a run about something else that nobody asked to go on with.
    ///
    /// - Throws: `TuneError` that names what differs.
    func check(
        _ settings: DataSettings, _ task: ClassificationTask, before source: ResumeSource
    ) throws {
        guard source == .newestIfAny, hasCheckpoints,
            FileManager.default.fileExists(atPath: file.path),
            let saved = try JSONValue(contentsOf: file).object
        else { return }
        let differences = task.resolved(settings).json.members.compactMap { name, value in
            saved[name].flatMap { before in
                before == value
                    ? nil : "\(name) (\(before.serialized()), now \(value.serialized()))"
            }
        }
        guard !differences.isEmpty else { return }
        throw TuneError(
            .badConfig,
            "The run in \(directory.path) has another model or other data: \(differences.joined(separator: ", ")).",
            remedy:
                "Begin anew with --fresh (its checkpoints are kept in archive), or use another --output-dir."
        )
    }

    private var hasCheckpoints: Bool {
        let names = try? FileManager.default.contentsOfDirectory(atPath: directory.path)
        return names?.contains { $0.hasPrefix("checkpoint-") } ?? false
    }
}

extension ClassificationTask {
    /// Settings with the columns that were found.
    func resolved(_ settings: DataSettings) -> DataSettings {
        var resolved = settings
        (resolved.textColumns, resolved.labelColumn) = (texts.names, labelColumn)
        return resolved
    }
}

extension ResumeSource {
    /// What the command line asks for: `--fresh`, `--resume-from-checkpoint`, or neither, which
    /// goes on with what is there.
    ///
    /// - Throws: `TuneError` when both are given.
    init(_ arguments: TrainingArguments, isFresh: Bool) throws {
        switch (arguments.resumeFromCheckpoint, isFresh) {
        case (nil, false): self = .newestIfAny
        case (nil, true), ("false", _): self = .none
        case ("true", false): self = .newest
        case (let path?, false): self = .checkpoint(path)
        case (_?, true):
            throw TuneError(
                .usage, "--fresh and --resume-from-checkpoint exclude each other.",
                remedy: "Leave one of them out.")
        }
    }
}
