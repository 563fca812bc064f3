import FineTuneKit
import Foundation
import ProgramTestSupport
import Testing

@Suite struct BenchTests {
    private let scratch: TemporaryDirectory

    init() throws {
        scratch = try TemporaryDirectory()
        try writeTinyCheckpoint(scratch.file("checkpoint"))
        try scratch.write("data/train.jsonl", tinyPairs(24))
    }

    private func bench(_ words: [String]) throws -> ProgramOutcome {
        try runProgram("finetune", ["bench"] + words + ["--use-cpu"])
    }

    private var training: [String] {
        [
            "--model", scratch.path("checkpoint"), "--dataset", scratch.path("data"), "--steps",
            "4", "--warm-up", "1", "--batch-size", "4",
        ]
    }

    @Test func ratesOfSteps() throws {
        let outcome = try bench(training + ["--json"])
        try #require(outcome.code == 0, "\(outcome.errors)")
        let report = try JSONValue(parsing: Data(outcome.output.utf8), source: "bench")
        #expect(report["steps"] == 4)
        let rate = try #require(report["steps_per_second"]?.double)
        #expect(rate > 0)
        let tokens = try #require(report["tokens_per_step"]?.double)
        #expect(tokens > 4 * 10 && tokens < 4 * 32)
        #expect((report["peak_memory_bytes"]?.int ?? 0) > 10_000_000)
        let text = try bench(training)
        #expect(text.output.contains("optimizer steps/s"))
    }

    @Test(arguments: ["fast", "reference"]) func profile(mode: String) throws {
        let outcome = try bench(training + ["--profile", "--json", "--mode", mode])
        try #require(outcome.code == 0, "\(outcome.errors)")
        let report = try JSONValue(parsing: Data(outcome.output.utf8), source: "bench")
        let phases = (report["phases"]?.array ?? []).compactMap { $0["phase"]?.string }
        #expect(
            Set(phases) == ["data", "forward", "loss, clipping", "backward", "optimizer"])
        let operations = (report["operations"]?.array ?? []).compactMap { row in
            row["phase"]?.string.map { "\($0): \(row["operation"]?.string ?? "")" }
        }
        #expect(operations.contains("forward: tanh"))
        let fused = "forward: fused_attention"
        #expect(operations.contains(fused) == (mode == "fast"))
        let text = try bench(training + ["--profile"])
        #expect(text.output.contains("calls/step"))
    }

    @Test func products() throws {
        let outcome = try bench(["--gemm", "--json", "--shapes", "16x32x48"])
        try #require(outcome.code == 0, "\(outcome.errors)")
        let report = try JSONValue(parsing: Data(outcome.output.utf8), source: "bench")
        let products = report["products"]?.array ?? []
        #expect(
            products.compactMap { $0["product"]?.string } == [
                "forward", "inputGradient", "weightGradient",
            ])
        for product in products {
            let taken = try #require(product["taken"]?.string)
            #expect((product[taken]?.double ?? 0) > 0 && (product["peak"]?.double ?? 0) > 0)
        }
        #expect(report["stored"]?.isNull == true)
        #expect((report["peak_gflops"]?.double ?? 0) > 0)
    }

    @Test func sweep() throws {
        let outcome = try bench([
            "--sweep", "--json", "--model", scratch.path("checkpoint"), "--batch-sizes", "2",
            "--lengths", "4,8",
        ])
        try #require(outcome.code == 0, "\(outcome.errors)")
        let report = try JSONValue(parsing: Data(outcome.output.utf8), source: "bench")
        let shapes = report["shapes"]?.array ?? []
        #expect(shapes.compactMap { $0["length"]?.string } == ["4", "8", "mixed"])
        #expect(shapes.compactMap { $0["tokens"]?.int } == [8, 16, 12])
    }

    @Test func wrongOptions() throws {
        #expect(try bench(["--gemm", "--sweep"]).code == 64)
        #expect(try bench(["--gemm", "--shapes", "16x32"]).code == 64)
        #expect(try bench(["--gemm", "--shapes", "16xax2"]).code == 64)
        let tooLong = try bench([
            "--sweep", "--model", scratch.path("checkpoint"), "--lengths", "64",
        ])
        #expect(tooLong.code == 64)
        #expect(tooLong.errors.contains("32 tokens"))
    }

    @Test func trainWritesStepTimes() throws {
        let outcome = try runProgram(
            "finetune",
            [
                "train", "--model", scratch.path("checkpoint"), "--dataset", scratch.path("data"),
                "--output-dir", scratch.path("out"), "--max-steps", "3", "--use-cpu",
                "--step-times", scratch.path("steps.jsonl"),
            ])
        try #require(outcome.code == 0, "\(outcome.errors)")
        let lines = try scratch.read("steps.jsonl").split(separator: "\n")
            .map { try JSONValue(parsing: Data($0.utf8), source: "steps") }
        #expect(lines.compactMap { $0["step"]?.int } == [1, 2, 3])
        #expect(lines.allSatisfy { ($0["tokens"]?.int ?? 0) > 0 })
        let times = lines.compactMap { $0["time"]?.double }
        #expect(times.count == 3 && times == times.sorted())
        // The clock of the system, so that other programs can tell when a step ended.
        let now = Double(DispatchTime.now().uptimeNanoseconds) * 1e-9
        #expect(times.allSatisfy { $0 < now && $0 > now - 600 })
    }
}
