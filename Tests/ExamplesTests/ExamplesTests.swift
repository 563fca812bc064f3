import FineTuneKit
import Foundation
import ProgramTestSupport
import Testing

/// The example programs on a tiny checkpoint and a few pairs.
@Suite struct ExamplesTests {
    private static let scratch = Result {
        let scratch = try TemporaryDirectory()
        try writeTinyCheckpoint(scratch.file("checkpoint"))
        try scratch.write("data/train.jsonl", tinyPairs(40))
        try scratch.write("data/validation.jsonl", tinyPairs(24, from: 40))
        try scratch.write("data/test.jsonl", tinyPairs(24, from: 64))
        return scratch
    }

    /// Runs an example on the first 16 rows of each split, in a directory of its own.
    private func run(_ example: String) throws -> [String] {
        let scratch = try Self.scratch.get()
        try createDirectory(scratch.file(example))
        let outcome = try runProgram(
            example, [scratch.path("checkpoint"), scratch.path("data"), "16"],
            in: scratch.file(example))
        try #require(outcome.code == 0, "\(outcome.errors)")
        #expect(!outcome.output.contains("\u{1B}"))
        // Log messages stand alone, without the time and label of swift-log's own handler.
        #expect(!outcome.errors.contains(" TuneModels: "), "\(outcome.errors)")
        #expect(!outcome.errors.contains(" finetune."), "\(outcome.errors)")
        return outcome.lines
    }

    @Test func processingTheData() throws {
        let lines = try run("ProcessingTheData")
        #expect(lines.first == "DatasetDict({")
        #expect(lines.contains { $0.contains("'idx': 0") && $0.contains("'sentence1'") })
        #expect(lines.contains { $0.hasPrefix(#"["[CLS]", "#) })
        // "[CLS] the cat sees a ball . [SEP] … [SEP]" is 15 tokens in every row.
        #expect(lines.suffix(2).first == "[15, 15, 15, 15, 15, 15, 15, 15]")
        #expect(lines.last?.contains("'input_ids': torch.Size([8, 15])") == true)
        #expect(lines.last?.contains("'labels': torch.Size([8])") == true)
    }

    @Test func basicFineTuning() throws {
        let lines = try run("BasicFineTuning")
        #expect(lines.contains("[16, 2] [16]"))
        #expect(lines.last?.hasPrefix("{'accuracy': ") == true)
        #expect(
            try Self.scratch.get().contains(
                "BasicFineTuning/test-trainer/checkpoint-6/model.safetensors"))
    }

    @Test func evaluationEachEpoch() throws {
        let evaluations = try run("EvaluationEachEpoch").filter { $0.contains("'eval_accuracy'") }
        #expect(evaluations.count == 3)
        #expect(evaluations.last?.contains("'epoch': '3'") == true)
    }

    @Test func trainingLoop() throws {
        let lines = try run("TrainingLoop")
        #expect(lines.first?.contains(#""labels", "input_ids""#) == true)
        #expect(lines.contains { $0.contains(#"(key: "labels", value: [8])"#) })
        #expect(lines.contains("6"))
        #expect(lines.last?.hasPrefix("{'accuracy': ") == true)
    }

    @Test func trainingLoopWithAccelerator() throws {
        let lines = try run("TrainingLoopWithAccelerator")
        #expect(lines.last?.hasPrefix("{'accuracy': ") == true)
    }

    @Test func paraphraseDemo() throws {
        let lines = try run("ParaphraseDemo")
        #expect(lines.contains { $0.hasPrefix("always the same answer") && $0.contains("0.500") })
        #expect(lines.filter { $0.hasPrefix("after epoch ") }.count == 2)
        #expect(lines.filter { $0.contains(" % sure (") }.count == 6)
        #expect(lines.contains { $0.contains("finetune predict --model demo-output") })
        #expect(try Self.scratch.get().contains("ParaphraseDemo/demo-output/model.safetensors"))
    }
}
