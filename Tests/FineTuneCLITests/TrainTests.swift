import FineTuneKit
import Foundation
import ProgramTestSupport
import Testing

@Suite struct TrainTests {
    @Test func writesModelAndResults() throws {
        let trained = try TrainedModel.shared.get()
        try #require(trained.outcome.code == 0, "\(trained.outcome.errors)")
        for name in [
            "config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json",
            "all_results.json", "train_results.json", "eval_results.json", "trainer_state.json",
            "finetune.json",
        ] {
            #expect(trained.directory.contains("model/\(name)"), "\(name)")
        }
        #expect(try trained.json("config.json")["id2label"]?["1"] == "positive")
        #expect(try trained.json("trainer_state.json")["global_step"] == 60)
    }

    @Test func learns() throws {
        let trained = try TrainedModel.shared.get()
        let results = try trained.json("all_results.json")
        let accuracy = try #require(results["eval_accuracy"]?.double)
        #expect(accuracy >= 0.9)
        #expect(results["eval_f1"]?.double != nil)
        #expect(results["train_loss"]?.double != nil)
        let rows = try #require(trained.json("trainer_state.json")["log_history"]?.array)
        let losses = rows.compactMap { $0["loss"]?.double }
        #expect(losses.count == 3)
        #expect(losses[2] < losses[0])
    }

    @Test func explainsWhatItFound() throws {
        let errors = try TrainedModel.shared.get().outcome.errors
        #expect(errors.contains("40 training rows   16 for validation"))
        #expect(errors.contains("text: text (found)"))
        #expect(errors.contains("label: label (found), 2 classes: negative, positive"))
        #expect(errors.contains("metrics: accuracy, f1"))
        #expect(errors.contains("finetune predict --model"))
    }

    @Test func resultsGoToStandardOutputWithoutEscapes() throws {
        let outcome = try TrainedModel.shared.get().outcome
        #expect(outcome.output.hasPrefix("***** train metrics *****\n"))
        #expect(outcome.output.contains("***** eval metrics *****\n"))
        #expect(outcome.errors.contains("grad norm"))
        #expect(!outcome.output.contains("\u{1B}"))
        #expect(!outcome.errors.contains("\u{1B}"))
        #expect(!outcome.errors.contains("\r"))
    }

    @Test func commandLineWinsOverFile() throws {
        let trained = try TrainedModel.shared.get()
        let scratch = try TemporaryDirectory()
        let config = try scratch.write(
            "run.yaml",
            """
            model: \(trained.directory.path("checkpoint"))
            train_file: \(trained.directory.path("train.csv"))
            output_dir: \(scratch.path("out"))
            eval_strategy: no
            learning_rate: 1e-3
            max_steps: 5
            use_cpu: true
            """)
        let outcome = try runProgram("finetune", ["train", "--config", config, "--max-steps", "2"])
        try #require(outcome.code == 0, "\(outcome.errors)")
        let saved = try JSONValue(contentsOf: scratch.file("out/finetune.json"))
        #expect(saved["max_steps"] == 2)
        #expect(saved["learning_rate"] == 0.001)
        #expect(saved["text_columns"] == ["text"])
        #expect(!outcome.output.contains("eval metrics"))

        let again = try runProgram(
            "finetune",
            [
                "train", "--config", scratch.path("out/finetune.json"), "--output-dir",
                scratch.path("b"),
            ])
        try #require(again.code == 0, "\(again.errors)")
        #expect(
            try Data(contentsOf: scratch.file("out/model.safetensors"))
                == Data(contentsOf: scratch.file("b/model.safetensors")))
    }

    @Test func pairsWithIntegerLabels() throws {
        let scratch = try TemporaryDirectory()
        try writeTinyCheckpoint(scratch.file("checkpoint"))
        try scratch.write("data/train.jsonl", tinyPairs(24))
        try scratch.write("data/validation.jsonl", tinyPairs(8, from: 24))
        let outcome = try runProgram(
            "finetune",
            [
                "train", "--model", scratch.path("checkpoint"), "--dataset", scratch.path("data"),
                "--output-dir", scratch.path("out"), "--max-steps", "2", "--use-cpu", "--bf16",
                "false", "--mode", "reference",
            ])
        try #require(outcome.code == 0, "\(outcome.errors)")
        #expect(outcome.errors.contains("text: sentence1 + sentence2 (found)"))
        #expect(outcome.errors.contains("2 classes: LABEL_0, LABEL_1"))
    }

    /// What a training saves of its arguments repeats it; old names are taken with a notice.
    @Test func savedArgumentsAndOldNamesConfigureATraining() throws {
        let scratch = try TemporaryDirectory()
        try writeTinyCheckpoint(scratch.file("checkpoint"))
        let data = try scratch.write("data.csv", tinyReviews(8))
        let inputs = ["--model", scratch.path("checkpoint"), "--train-file", data]
        let config = try scratch.write(
            "old.yaml", "warmup_ratio: 0.5\nno_cuda: true\nmax_steps: 2\noutput_dir: first\n")
        let first = try runProgram(
            "finetune", ["train", "--config", config, "--group-by-length=false"] + inputs,
            in: scratch.url)
        try #require(first.code == 0, "\(first.errors)")
        #expect(first.errors.contains("old.yaml:1:1: 'warmup_ratio' is called 'warmup_steps' now"))
        #expect(first.errors.contains("old.yaml:2:1: 'no_cuda' is called 'use_cpu' now."))
        let saved = try JSONValue(contentsOf: scratch.file("first/training_args.json"))
        #expect(saved["warmup_steps"] == 0.5 && saved["use_cpu"] == true)

        let second = try runProgram(
            "finetune",
            ["train", "--config", "first/training_args.json", "--output-dir", "second"] + inputs,
            in: scratch.url)
        try #require(second.code == 0, "\(second.errors)")
        #expect(!second.errors.contains("now"))
        let again = try JSONValue(contentsOf: scratch.file("second/training_args.json"))
        #expect(again.object?.merging(["output_dir": "first"]) == saved.object)
    }

    /// Integers that are not 0, 1, … name the classes, in training as in evaluation.
    @Test func integerLabelsWithGapsAreTheNamesOfClasses() throws {
        let scratch = try TemporaryDirectory()
        try writeTinyCheckpoint(scratch.file("checkpoint"))
        let rows = tinyReviews(16).replacing("negative", with: "0").replacing("positive", with: "7")
        let file = try scratch.write("train.csv", rows)
        let out = scratch.path("out")
        let outcome = try runProgram(
            "finetune",
            [
                "train", "--model", scratch.path("checkpoint"), "--train-file", file,
                "--output-dir", out, "--max-steps", "2", "--use-cpu",
            ])
        try #require(outcome.code == 0, "\(outcome.errors)")
        #expect(outcome.errors.contains("2 classes: 0, 7"))
        #expect(outcome.errors.contains("warning: The labels in 'label' leave out numbers"))
        let config = try JSONValue(contentsOf: scratch.file("out/config.json"))
        #expect(config["id2label"] == ["0": "0", "1": "7"])

        let evaluated = try runProgram(
            "finetune", ["evaluate", "--model", out, "--validation-file", file, "--use-cpu"])
        #expect(evaluated.code == 0, "\(evaluated.errors)")
        let other = try scratch.write("other.csv", "text,label\nthe cat,1\n")
        let failed = try runProgram(
            "finetune", ["evaluate", "--model", out, "--validation-file", other, "--use-cpu"])
        #expect(failed.code == 65)
        #expect(failed.errors.contains("The labels of the model are 0, 7."))
    }

    @Test func ratingsFromOneNeedNoWarning() throws {
        let scratch = try TemporaryDirectory()
        try writeTinyCheckpoint(scratch.file("checkpoint"))
        let rows = tinyReviews(8).replacing("negative", with: "1").replacing("positive", with: "2")
        let outcome = try runProgram(
            "finetune",
            [
                "train", "--model", scratch.path("checkpoint"), "--train-file",
                try scratch.write("train.csv", rows), "--output-dir", scratch.path("out"),
                "--max-steps", "1", "--use-cpu",
            ])
        try #require(outcome.code == 0, "\(outcome.errors)")
        #expect(outcome.errors.contains("2 classes: 1, 2"))
        #expect(!outcome.errors.contains("leave out numbers"))
    }

    @Test func numbersAreARegression() throws {
        let scratch = try TemporaryDirectory()
        try writeTinyCheckpoint(scratch.file("checkpoint"), numLabels: 1)
        let rows = (0..<16).map {
            #"{"text": "the cat was good .", "score": \#(Double($0) + 0.5)}"#
        }
        let file = try scratch.write("train.jsonl", rows.joined(separator: "\n"))
        let outcome = try runProgram(
            "finetune",
            [
                "train", "--model", scratch.path("checkpoint"), "--train-file", file,
                "--validation-file", file, "--label-column", "score", "--output-dir",
                scratch.path("out"), "--max-steps", "2", "--use-cpu",
            ])
        try #require(outcome.code == 0, "\(outcome.errors)")
        #expect(outcome.errors.contains("label: score, numbers, so a regression"))
        let results = try JSONValue(contentsOf: scratch.file("out/eval_results.json"))
        #expect(results["eval_mse"]?.double != nil)
    }
}
