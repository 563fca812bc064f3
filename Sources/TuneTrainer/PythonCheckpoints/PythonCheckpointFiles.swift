import Foundation
import TuneBase

/// The files of a checkpoint of Python's Trainer, and what becomes of them.
struct PythonCheckpointFiles {
    /// Those that are taken as they are.
    let copied: [String]
    /// The others, with the reason.
    let leftOut: [String]

    private let directory: URL
    private let names: Set<String>

    /// Looks at a directory.
    ///
    /// - Throws: `TuneError` when it is none, or lacks a file that going on needs.
    init(_ directory: URL) throws {
        self.directory = directory
        do {
            names = Set(try FileSystems.current.list(directory))
        } catch {
            throw TuneError(
                .missingInput, "\(directory.path) is no directory that can be read.",
                remedy: "Name a directory that the Python Trainer wrote: checkpoint-<step>.",
                cause: error)
        }
        guard !names.contains(manifestName) else {
            throw TuneError(
                .badData, "\(directory.path) is a checkpoint of this program, not of Python.",
                remedy: "Go on from it as it is, by resume_from_checkpoint.")
        }
        for (name, remedy) in needed where !names.contains(name) {
            throw TuneError(
                .missingInput, "\(directory.path) has no \(name).", remedy: remedy)
        }
        copied = plain.filter(names.contains)
        leftOut = Self.leftOut(names)
    }

    /// Whether there is a file of this name.
    func has(_ name: String) -> Bool { names.contains(name) }

    /// The place of a file.
    func url(_ name: String) -> URL { directory.appendingPathComponent(name) }

    private static func leftOut(_ names: Set<String>) -> [String] {
        var result: [String] = []
        if names.contains("training_args.bin") {
            result.append(
                "training_args.bin: an object of Python, never read; give the training the same arguments"
            )
        }
        if names.contains("rng_state.pth") {
            result.append(
                "rng_state.pth: the generators of Python and NumPy, from which nothing here draws")
        } else {
            result.append(
                "the random generators: there is no rng_state.pth of a run in one process, so dropout draws other numbers"
            )
        }
        let known = Set(
            plain + needed.map(\.name) + ["training_args.bin", "rng_state.pth", "scaler.pt"])
        return result
            + names.subtracting(known).sorted().map { "\($0): no part of a checkpoint here" }
    }
}

/// The files without which a training cannot go on, and what to do then.
private let needed: [(name: String, remedy: String)] = [
    ("trainer_state.json", "Name a directory that the Python Trainer wrote: checkpoint-<step>."),
    ("config.json", "Name a directory that the Python Trainer wrote: checkpoint-<step>."),
    (
        "model.safetensors",
        "Save the weights in one file of this format: model.save_pretrained(DIR) in Python."
    ),
    (
        "optimizer.pt",
        "Name its checkpoint-<step>; of a run with save_only_model only the weights are left, for --model DIR."
    ),
    (
        "scheduler.pt",
        "Name its checkpoint-<step>; of a run with save_only_model only the weights are left, for --model DIR."
    ),
]

/// The files that both programs write in the same form.
private let plain = [
    "model.safetensors", "config.json", "generation_config.json", "trainer_state.json",
    "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json",
    "vocab.txt", "vocab.json", "merges.txt", "chat_template.jinja",
]
