import FineTuneKit
import Foundation
import ProgramTestSupport
import Testing

@Suite struct InferenceTests {
    private func predictions(_ lines: [String]) throws -> [JSONValue] {
        try lines.map { try JSONValue(parsing: Data($0.utf8), source: "line") }
    }

    @Test func evaluatePrintsTheMetricsOfTraining() throws {
        let trained = try TrainedModel.shared.get()
        let scratch = try TemporaryDirectory()
        let outcome = try runProgram(
            "finetune",
            [
                "evaluate", "--model", trained.model, "--validation-file", trained.validation,
                "--output-dir", scratch.path("out"), "--use-cpu",
            ])
        try #require(outcome.code == 0, "\(outcome.errors)")
        let printed = try JSONValue(parsing: Data(outcome.output.utf8), source: "output")
        let trainedResults = try trained.json("eval_results.json")
        #expect(printed["eval_accuracy"] == trainedResults["eval_accuracy"])
        let loss = try #require(printed["eval_loss"]?.double)
        let trainedLoss = try #require(trainedResults["eval_loss"]?.double)
        #expect(abs(loss - trainedLoss) < 1e-5)
        #expect(scratch.contains("out/eval_results.json"))
        #expect(!outcome.output.contains("\u{1B}"))
    }

    @Test func predictWritesOneLinePerRow() throws {
        let trained = try TrainedModel.shared.get()
        let outcome = try runProgram(
            "finetune",
            [
                "predict", "--model", trained.model, "--test-file", trained.validation, "--use-cpu",
            ])
        try #require(outcome.code == 0, "\(outcome.errors)")
        let rows = try predictions(outcome.lines)
        #expect(rows.count == 16)
        var right = 0
        for (index, row) in rows.enumerated() {
            let label = try #require(row["label"]?.string)
            #expect(["positive", "negative"].contains(label))
            #expect(row["label_id"] == (label == "positive" ? 1 : 0))
            #expect(row["logits"]?.array?.count == 2)
            let probability = try #require(row["probability"]?.double)
            #expect((0.5...1).contains(probability))
            right += (label == "positive") == index.isMultiple(of: 2) ? 1 : 0
        }
        let accuracy = try trained.json("eval_results.json")["eval_accuracy"]?.double
        #expect(accuracy == Double(right) / 16)
    }

    @Test func predictWritesAFile() throws {
        let trained = try TrainedModel.shared.get()
        let scratch = try TemporaryDirectory()
        let outcome = try runProgram(
            "finetune",
            [
                "predict", "--model", trained.model, "--validation-file", trained.validation,
                "--split", "validation", "--output", scratch.path("out.jsonl"), "--use-cpu",
            ])
        try #require(outcome.code == 0, "\(outcome.errors)")
        #expect(outcome.output.isEmpty)
        #expect(try scratch.read("out.jsonl").split(separator: "\n").count == 16)
    }

    @Test func failedPredictionLeavesTheFileAlone() throws {
        let trained = try TrainedModel.shared.get()
        let scratch = try TemporaryDirectory()
        let bad = try scratch.write("bad.csv", "text,label\n,positive\n")
        try scratch.write("out.jsonl", "before\n")
        let outcome = try runProgram(
            "finetune",
            [
                "predict", "--model", trained.model, "--test-file", bad, "--output",
                scratch.path("out.jsonl"), "--use-cpu",
            ])
        #expect(outcome.code == 65)
        #expect(try scratch.read("out.jsonl") == "before\n")
    }
}
