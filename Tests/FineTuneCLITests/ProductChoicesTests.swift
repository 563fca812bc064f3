import Dispatch
import FineTuneKit
import Foundation
import ProgramTestSupport
import Synchronization
import Testing

/// Choices of matrix products between runs of the program.
@Suite struct ProductChoicesTests {
    private let scratch: TemporaryDirectory

    init() throws {
        scratch = try TemporaryDirectory()
        try writeTinyCheckpoint(scratch.file("checkpoint"))
        try scratch.write("data/train.jsonl", tinyPairs(48))
    }

    private func environment(_ cache: String, _ products: String? = nil) -> [String: String] {
        var result = ["XDG_CACHE_HOME": scratch.path(cache)]
        result["FINETUNE_PRODUCTS"] = products ?? ""
        return result
    }

    private func store(_ cache: String) -> ProductStore {
        ProductStore(scratch.file(cache).appendingPathComponent("finetune"))
    }

    private func chooses(_ shape: String, _ cache: String) throws -> JSONValue {
        let outcome = try runProgram(
            "finetune", ["bench", "--gemm", "--choose", "--json", "--shapes", shape],
            environment: environment(cache))
        try #require(outcome.code == 0, "\(outcome.errors)")
        return try JSONValue(parsing: Data(outcome.output.utf8), source: "bench")
    }

    /// The losses of all steps, with all their digits.
    private func losses(
        _ name: String, _ environment: [String: String], bf16: Bool = false
    ) throws -> (losses: [Double], errors: String) {
        let outcome = try runProgram(
            "finetune",
            [
                "train", "--model", scratch.path("checkpoint"), "--dataset", scratch.path("data"),
                "--output-dir", scratch.path(name), "--max-steps", "6", "--logging-steps", "1",
                "--per-device-train-batch-size", "16", "--use-cpu", "--bf16", "\(bf16)",
            ], environment: environment)
        try #require(outcome.code == 0, "\(outcome.errors)")
        let state = try JSONValue(contentsOf: scratch.file("\(name)/trainer_state.json"))
        let losses = (state["log_history"]?.array ?? []).compactMap { $0["loss"]?.double }
        try #require(losses.count == 6)
        return (losses, outcome.errors)
    }

    @Test func benchStoresWhatItMeasures() throws {
        let report = try chooses("70x32x48,300x32x32x3", "cache")
        let file = try #require(report["stored"]?.string)
        #expect(file == store("cache").file.path)
        let choices = try store("cache").read()
        #expect(choices.count == 5)
        #expect(choices.values.allSatisfy { !$0.seconds.isEmpty })
        #expect(Set(choices.keys.map(\.bucket)) == [64, 256])
        #expect(Set(choices.keys.map(\.threads)) == [1])
        let before = try Data(contentsOf: URL(filePath: file))
        let again = try chooses("70x32x48,300x32x32x3", "cache")
        #expect(try Data(contentsOf: URL(filePath: file)) == before)
        let taken = { (report: JSONValue) in
            (report["products"]?.array ?? []).compactMap { $0["taken"]?.string }
        }
        #expect(taken(report).count == 5 && taken(again) == taken(report))
        let text = try runProgram(
            "finetune", ["bench", "--gemm", "--shapes", "70x32x48"],
            environment: environment("cache"))
        #expect(text.output.contains("taken") && text.output.contains("70 x 32 x 48"))
    }

    @Test func chooseNeedsAPlaceAndProducts() throws {
        #expect(try runProgram("finetune", ["bench", "--choose"]).code == 64)
        try scratch.write("file", "")
        let outcome = try runProgram(
            "finetune", ["bench", "--gemm", "--choose", "--shapes", "70x32x48"],
            environment: environment("file"))
        #expect(outcome.code == 73)
        #expect(outcome.errors.contains(scratch.path("file")))
    }

    /// A table that names a path for every product of the model.
    private func force(_ path: MatrixProduct.Path, _ cache: String) throws -> Bool {
        var choices: [ProductKey: ProductChoice] = [:]
        for (inputs, outputs, weights) in [(16, 16, 3), (16, 16, 1), (16, 32, 1), (32, 16, 1)] {
            for rows in [64, 128, 256, 512] {
                for kind in MatrixProduct.Kind.allCases {
                    for isBFloat16 in [false, true] {
                        let product = MatrixProduct(
                            kind, rows: rows, inputs: inputs, outputs: outputs, weights: weights,
                            isBFloat16: isBFloat16)
                        guard product.has(path) else { continue }
                        choices[try #require(ProductKey(product, threads: 1))] =
                            ProductChoice(path: path)
                    }
                }
            }
        }
        guard !choices.isEmpty else { return false }
        #expect(try store(cache).publish(choices) == choices)
        return true
    }

    /// By each path a training has the same bits every time, and the same losses up to rounding.
    @Test(arguments: [false, true]) func trainingByEachPath(bf16: Bool) throws {
        let usual = try losses("usual", environment("none", "usual"), bf16: bf16).losses
        for path in MatrixProduct.Path.allCases where try force(path, "\(path)") {
            let first = try losses("\(path)-1", environment("\(path)"), bf16: bf16)
            let second = try losses("\(path)-2", environment("\(path)"), bf16: bf16)
            #expect(first.losses == second.losses)
            #expect(!first.errors.contains("Stored choices"))
            for (a, b) in zip(usual, first.losses) {
                #expect(abs(a - b) <= (bf16 ? 1e-2 : 1e-5), "\(path)")
            }
        }
    }

    /// Two trainings that measure at the same time end with the same choices, and a third one takes
    /// them over.
    @Test func processesThatMeasureAgree() throws {
        let found = Mutex<[[Double]]>([])
        DispatchQueue.concurrentPerform(iterations: 2) { index in
            if let run = try? losses("out-\(index)", environment("shared", "measure")) {
                found.withLock { $0.append(run.losses) }
            }
        }
        let stored = try store("shared").read()
        #expect(stored.count >= 8 && stored.values.contains { !$0.seconds.isEmpty })
        let later = try losses("out-2", environment("shared", "measure")).losses
        #expect(found.withLock(\.self) == [later, later])
        #expect(try store("shared").read() == stored)
        // What was measured holds without the variable too.
        #expect(try losses("out-3", environment("shared")).losses == later)
    }

    @Test func aDamagedTableIsReportedAndLeftAlone() throws {
        let file = store("cache").file
        try scratch.write("cache/finetune/\(file.lastPathComponent)", "{\"format\": \"finetune")
        let usual = try losses("usual", environment("none", "usual"))
        let damaged = try losses("damaged", environment("cache", "wrong"))
        #expect(damaged.losses == usual.losses)
        #expect(damaged.errors.contains("Stored choices of matrix products are left alone"))
        #expect(damaged.errors.contains(file.path))
        #expect(!usual.errors.contains("Stored choices"))
        let wrong = try losses("wrong", environment("none", "wrong"))
        #expect(wrong.errors.contains("FINETUNE_PRODUCTS is 'wrong'"))
    }
}
