import FineTuneKit
import Foundation
import ProgramTestSupport
import Testing

/// What `finetune train` writes to its two streams, by `--progress` and surroundings.
@Suite struct ProgressTests {
    private func train(
        _ options: [String], environment: [String: String] = [:]
    ) throws -> (outcome: ProgramOutcome, directory: TemporaryDirectory) {
        let directory = try TemporaryDirectory()
        try writeTinyCheckpoint(directory.file("checkpoint"))
        let outcome = try runProgram(
            "finetune",
            [
                "train", "--model", directory.path("checkpoint"), "--train-file",
                try directory.write("train.csv", tinyReviews(40)), "--validation-file",
                try directory.write("validation.csv", tinyReviews(8)), "--output-dir",
                directory.path("out"), "--use-cpu", "--eval-strategy", "epoch",
                "--num-train-epochs", "2",
            ] + options, environment: environment)
        try #require(outcome.code == 0, "\(outcome.errors)")
        return (outcome, directory)
    }

    private func history(_ directory: TemporaryDirectory) throws -> [JSONObject] {
        try #require(
            JSONValue(contentsOf: directory.file("out/trainer_state.json"))["log_history"]?.array
        ).compactMap(\.object)
    }

    @Test func aShortRunIsNotSilent() throws {
        let (outcome, directory) = try train([])
        let losses = try history(directory).filter { $0["loss"] != nil }
        // Ten steps, one row each.
        #expect(losses.count == 10)
        #expect(outcome.errors.contains("★ best loss"))
        #expect(outcome.errors.contains("  40 training rows"))
        #expect(!outcome.errors.contains { $0 == "\u{1B}" || $0 == "\r" })
        for name in ["README.md", "metrics.jsonl"] {
            #expect(directory.contains("out/\(name)"), "\(name)")
        }
        let lines = try directory.read("out/metrics.jsonl").split(separator: "\n")
        // The evaluation after training is logged later than the state was saved.
        #expect(lines.count == (try history(directory).count) + 1)
    }

    @Test func aGivenCadenceIsPythons() throws {
        let (_, directory) = try train(["--logging-steps", "4"])
        let steps = try history(directory).filter { $0["loss"] != nil }.map { $0["step"]?.int }
        #expect(steps == [4, 8])
    }

    @Test func jsonIsOneObjectInALine() throws {
        let (outcome, _) = try train(["--progress", "json", "--logging-steps", "5"])
        let events = try outcome.errors.split(separator: "\n").map {
            try #require(JSONValue(parsing: Data($0.utf8), source: "a line").object)
        }
        let kinds = events.compactMap { $0["event"]?.string }
        #expect(kinds.count == events.count)
        #expect(
            kinds.filter { $0 != "notice" } == [
                "begin", "log", "evaluate", "log", "save", "evaluate", "end", "evaluate",
            ])
        let messages = events.compactMap { $0["message"]?.string }
        #expect(messages.contains { $0.hasPrefix("finetune predict ") })
        #expect(messages.allSatisfy { $0.first?.isWhitespace == false })
        #expect(outcome.output.hasPrefix("***** train metrics *****\n"))
    }

    @Test func noneIsSilentButForProblems() throws {
        let (outcome, _) = try train(["--progress", "none"])
        #expect(
            outcome.errors.split(separator: "\n").allSatisfy { !$0.contains("loss") }
                && !outcome.errors.contains("finetune predict"))
    }

    @Test func richCanBeAskedForAnywhere() throws {
        let (outcome, _) = try train(["--progress", "rich"], environment: ["COLUMNS": "60"])
        #expect(outcome.errors.contains("╭ finetune train ─"))
        #expect(outcome.errors.contains("╭ done ─"))
        #expect(!outcome.errors.contains { $0 == "\u{1B}" || $0 == "\r" })
        let rows = outcome.errors.split(separator: "\n").filter {
            $0.hasPrefix("│") || $0.contains("▼")
        }
        #expect(rows.allSatisfy { displayWidth(String($0)) <= 60 })
    }
}
