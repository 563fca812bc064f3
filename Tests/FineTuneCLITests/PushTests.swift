import Crypto
import FineTuneKit
import Foundation
import ProgramTestSupport
import Testing
import TuneTestSupport

/// `finetune train --push-to-hub` and `finetune push`, with a Hub on this computer.
@Suite struct PushTests {
    private func train(
        _ scratch: TemporaryDirectory, _ hub: FakeHub, _ options: [String],
        environment: [String: String] = [:]
    ) throws -> ProgramOutcome {
        try writeTinyCheckpoint(scratch.file("checkpoint"))
        try scratch.write("train.csv", tinyReviews(16))
        try scratch.write("validation.csv", tinyReviews(8, from: 16))
        return try runProgram(
            "finetune",
            [
                "train", "--model", scratch.path("checkpoint"), "--train-file",
                scratch.path("train.csv"), "--validation-file", scratch.path("validation.csv"),
                "--output-dir", scratch.path("my-model"), "--max-steps", "4", "--use-cpu",
                "--save-steps", "2", "--push-to-hub",
            ] + options, environment: hub.environment.merging(environment) { $1 })
    }

    /// The SHA-256 of every file in the output directory that is published.
    private func published(_ directory: URL) throws -> [String: String] {
        var found: [String: String] = [:]
        for (path, status) in try FileSystems.current.tree(directory)
        where status.kind == .file && isPublished(path) {
            let data = try Data(contentsOf: directory.appendingPathComponent(path))
            found[path] = SHA256.hash(data: data).map { byte in
                (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }.joined()
        }
        return found
    }

    @Test func theRepositoryEndsAsTheOutputDirectory() throws {
        let (scratch, hub) = (try TemporaryDirectory(), try FakeHub())
        try hub.useParts(of: 5000)
        let outcome = try train(
            scratch, hub, ["--hub-strategy", "checkpoint", "--hub-private-repo"])
        try #require(outcome.code == 0, "\(outcome.errors)")
        let branch = try #require(try hub.branch(of: "tester/my-model"))
        #expect(branch.isPrivate)
        #expect(branch.messages.first == "Training in progress, step 2")
        #expect(branch.messages.dropFirst().first == "Training in progress, step 2, checkpoint")
        #expect(branch.messages.last == "End of training")
        let model = branch.files.filter { !$0.key.hasPrefix("last-checkpoint/") }
        #expect(model == (try published(scratch.file("my-model"))))
        #expect(model.keys.contains("model.safetensors") && model.keys.contains("README.md"))
        #expect(model.keys.contains("tokenizer.json") && model.keys.contains("finetune.json"))
        #expect(branch.files.keys.contains("last-checkpoint/optimizer.safetensors"))
        #expect(outcome.errors.contains("/tester/my-model/commit/"))
        let texts = [outcome.output, outcome.errors, try scratch.read("my-model/finetune.json")]
        for text in texts { #expect(!text.contains(FakeHub.token)) }
        let requests = try hub.requests().filter { $0["store"] == true }
        #expect(!requests.isEmpty && requests.allSatisfy { $0["authorized"] == false })
    }

    @Test func anUploadThatFailsLeavesACompleteTraining() throws {
        let (scratch, hub) = (try TemporaryDirectory(), try FakeHub())
        try hub.inject(.status(403, "Your storage is full"), into: "/commit/", times: 99)
        let outcome = try train(scratch, hub, [])
        #expect(outcome.code == 69)
        for part in [
            "warning: The upload to the Hub failed", "Your storage is full", "NOT UP TO DATE",
            "The training is complete, but its upload failed", "finetune push",
        ] { #expect(outcome.errors.contains(part), "\(outcome.errors)") }
        #expect(scratch.contains("my-model/model.safetensors"))
        #expect(scratch.contains("my-model/eval_results.json"))
        #expect(scratch.contains("my-model/checkpoint-4/manifest.json"))
        #expect(try hub.branch(of: "tester/my-model")?.files.isEmpty == true)
    }

    @Test(
        arguments: [
            (["HF_TOKEN": "hf_other"], "does not accept the token", "settings/tokens"),
            (["HF_TOKEN": "", "HOME": "/nowhere"], "There is no token for the Hub", "HF_TOKEN"),
            (["HF_HUB_OFFLINE": "1"], "HF_HUB_OFFLINE forbids the network", "Unset"),
            (["HF_ENDPOINT": "nowhere"], "HF_ENDPOINT is not the address", "Set it"),
        ])
    func whatCannotWorkIsToldBeforeTraining(
        environment: [String: String], message: String, fix: String
    ) throws {
        let (scratch, hub) = (try TemporaryDirectory(), try FakeHub())
        let outcome = try train(scratch, hub, [], environment: environment)
        #expect(outcome.code == 78)
        #expect(outcome.errors.contains(message), "\(outcome.errors)")
        #expect(outcome.errors.contains(fix))
        #expect(!outcome.errors.contains("hf_other") && !outcome.errors.contains("hf_test"))
        #expect(!scratch.contains("my-model/checkpoint-2"))
    }

    @Test func pushesADirectory() throws {
        let (scratch, hub) = (try TemporaryDirectory(), try FakeHub())
        for (name, text) in [
            ("m/config.json", "{}"), ("m/model.safetensors", "x"), ("m/.run.json", "{}"),
            ("m/checkpoint-1/model.safetensors", "y"), ("m/_notes", "n"),
        ] { try scratch.write(name, text) }
        func push(_ options: [String]) throws -> ProgramOutcome {
            try runProgram(
                "finetune", ["push", scratch.path("m")] + options, environment: hub.environment)
        }
        let first = try push([])
        #expect(first.code == 0, "\(first.errors)")
        #expect(
            first.lines == ["\(hub.endpoint)/tester/m/commit/\(first.output.suffix(41).dropLast())"]
        )
        #expect(first.errors.contains("Uploaded 2 files to tester/m."))
        let branch = try #require(try hub.branch(of: "tester/m"))
        #expect(branch.files.keys.sorted() == ["config.json", "model.safetensors"])
        #expect(try push([]).errors.contains("has everything already"))
        let all = try push([
            "--all", "--repo", "lab/all", "--revision", "dev", "--message", "Everything",
            "--private",
        ])
        #expect(all.code == 0, "\(all.errors)")
        let dev = try #require(try hub.branch("dev", of: "lab/all"))
        #expect(dev.files.count == 5 && dev.messages == ["Everything"] && dev.isPrivate)
    }

    @Test(
        arguments: [
            (["push", "nowhere"], 66, "There is no directory"),
            (["push", ".", "--repo", "a/b/c"], 78, "'a/b/c' is not the name of a repository"),
            (["push", ".", "--repo", "a", "--revision", "x y"], 78, "not the name of a branch"),
            (["push", ".", "--repo", "other/a"], 78, "may not write to other/a"),
        ] as [([String], Int32, String)])
    func whatCannotBePushed(arguments: [String], code: Int32, message: String) throws {
        let (scratch, hub) = (try TemporaryDirectory(), try FakeHub())
        let outcome = try runProgram(
            "finetune", arguments, in: scratch.url, environment: hub.environment)
        #expect(outcome.code == code, "\(outcome.errors)")
        #expect(outcome.errors.contains(message), "\(outcome.errors)")
        #expect(outcome.output.isEmpty)
    }
}
