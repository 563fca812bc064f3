import FineTuneKit
import Foundation
import ProgramTestSupport
import Testing
import TuneTestSupport

/// Runs begun by Python's Trainer, converted by the program and finished here.
@Suite(.serialized) struct ConvertTests {
    private let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../TuneTrainerTests/Fixtures/python").standardizedFileURL

    /// Losses, learning rates and gradient norms after the checkpoint are those of the run that
    /// Python never interrupted.
    @Test(arguments: ["adamw", "accumulated", "sgd", "adafactor", "adagrad", "rmsprop"])
    func runsAreFinishedWithPythonsNumbers(name: String) throws {
        let file = try JSONValue(contentsOf: fixtures.appendingPathComponent("runs.json"))
        let run = try #require(file["runs"]?[name])
        let step = try #require(run["step"]?.int)
        let source = fixtures.appendingPathComponent("\(name)/checkpoint-\(step)")
        let directory = try TemporaryDirectory()
        let outcome = try runProgram("finetune", ["convert", source.path, directory.path("run")])
        #expect(outcome.code == 0, "\(outcome.errors)")
        #expect(outcome.lines == [directory.path("run/checkpoint-\(step)")])

        let history = try withSharedRandomness {
            try finish(run, file["data"], source, directory.path("run"), step)
        }
        let expected = try #require(run["history"]?.array)
        let rows = history.filter { $0["loss"] != nil }
        #expect(rows.count == expected.count - step)
        for (row, expected) in zip(rows, expected.dropFirst(step)) {
            #expect(row["step"] == expected["step"])
            for (key, tolerance) in [("loss", 1e-5), ("grad_norm", 1e-4), ("learning_rate", 1e-12)]
            {
                let (ours, theirs) = try (
                    #require(row[key]?.double), #require(expected[key]?.double)
                )
                #expect(abs(ours - theirs) < tolerance, "\(name), \(key) of \(expected)")
            }
        }
    }

    /// Goes on from the converted checkpoint; the rows that are logged after it.
    private func finish(
        _ run: JSONValue, _ data: JSONValue?, _ source: URL, _ output: String, _ step: Int
    ) throws -> [JSONObject] {
        var settings = try #require(run["arguments"]?.object)
        settings["output_dir"] = .string(output)
        settings["use_cpu"] = true
        settings["mode"] = "reference"
        settings["gradient_accumulation_scaling"] = "python"
        settings["save_strategy"] = "no"
        let arguments = try TrainingArguments(json: .object(settings), source: "runs.json")
        // A model that was never trained: all must come from the checkpoint.
        let config = try #require(AutoConfig.fromPretrained(source.path) as? BERTConfig)
        let model = try BERTForSequenceClassification(config)
        let sink = BufferSink()
        let trainer = try Trainer(
            model: model, args: arguments, trainDataset: try dataset(data),
            console: Console(output: sink, notices: sink))
        try trainer.train(
            resumeFromCheckpoint: .checkpoint("\(output)/checkpoint-\(step)"))
        return trainer.logHistory.filter { ($0["step"]?.int ?? 0) > step }
    }

    private func dataset(_ json: JSONValue?) throws -> Dataset {
        var columns = Columns()
        for (name, value) in try #require(json?.object).members {
            let rows = try #require(value.array)
            columns[name] =
                name == "label"
                ? .ints(rows.compactMap(\.int))
                : .intLists(RaggedInts(rows.map { ($0.array ?? []).compactMap(\.int) }))
        }
        return try Dataset(columns)
    }

    @Test func tellsWhatWasTakenAndWhatWasNot() throws {
        let source = fixtures.appendingPathComponent("adamw/checkpoint-6").path
        let directory = try TemporaryDirectory()
        let result = try runProgram("finetune", ["convert", source, directory.path("run")])
        for text in [
            "optimizer.pt: AdamW", "scheduler.pt: 6 steps", "generators cpu", "training_args.bin",
            "NumPy", "--resume-from-checkpoint",
        ] {
            #expect(result.errors.contains(text), "\(text)")
        }
        for name in [
            "model.safetensors", "config.json", "trainer_state.json", "optimizer.safetensors",
            "optimizer.json", "scheduler.json", "rng_state.safetensors", "manifest.json",
        ] {
            #expect(directory.contains("run/checkpoint-6/\(name)"), "\(name)")
        }
        let again = try runProgram("finetune", ["convert", source, directory.path("run")])
        #expect(again.code == TuneError.Code.cannotCreate.rawValue)
        #expect(again.errors.contains("exists already"))
    }

    @Test(arguments: [
        "optimizer.pt", "scheduler.pt", "model.safetensors", "config.json", "trainer_state.json",
    ])
    func missingFilesAreRefused(name: String) throws {
        let directory = try copyOfCheckpoint()
        try FileManager.default.removeItem(at: directory.file("checkpoint-6/\(name)"))
        let result = try convert(directory)
        #expect(result.code == TuneError.Code.missingInput.rawValue)
        #expect(result.errors.contains(name))
        #expect(!directory.contains("run/checkpoint-6"))
    }

    @Test func aCheckpointOfThisProgramIsRefused() throws {
        let directory = try copyOfCheckpoint()
        #expect(try convert(directory).code == 0)
        let again = try runProgram(
            "finetune", ["convert", directory.path("run/checkpoint-6"), directory.path("other")])
        #expect(again.code == TuneError.Code.badData.rawValue)
        #expect(again.errors.contains("not of Python"))
        #expect(again.errors.contains("resume_from_checkpoint"))
    }

    @Test func withoutGeneratorsItSaysSo() throws {
        let directory = try copyOfCheckpoint()
        try FileManager.default.removeItem(at: directory.file("checkpoint-6/rng_state.pth"))
        let result = try convert(directory)
        #expect(result.code == 0)
        #expect(result.errors.contains("no rng_state.pth"))
    }

    @Test func filesThatAskForMoreThanDataAreRefused() throws {
        let directory = try copyOfCheckpoint()
        try FileManager.default.removeItem(at: directory.file("checkpoint-6/optimizer.pt"))
        try FileManager.default.copyItem(
            at: directory.file("checkpoint-6/training_args.bin"),
            to: directory.file("checkpoint-6/optimizer.pt"))
        let result = try convert(directory)
        #expect(result.code == TuneError.Code.badData.rawValue)
        #expect(result.errors.contains("never executed"))
        #expect(!directory.contains("run/checkpoint-6"))
    }

    @Test func aMissingDirectoryIsRefused() throws {
        let directory = try TemporaryDirectory()
        let result = try convert(directory)
        #expect(result.code == TuneError.Code.missingInput.rawValue)
    }

    private func convert(_ directory: TemporaryDirectory) throws -> ProgramOutcome {
        try runProgram(
            "finetune", ["convert", directory.path("checkpoint-6"), directory.path("run")])
    }

    private func copyOfCheckpoint() throws -> TemporaryDirectory {
        let directory = try TemporaryDirectory()
        try FileManager.default.copyItem(
            at: fixtures.appendingPathComponent("adamw/checkpoint-6"),
            to: directory.file("checkpoint-6"))
        return directory
    }
}
