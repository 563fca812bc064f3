import FineTuneKit
import Foundation
import ProgramTestSupport
import Testing

/// Every mistake ends with one message that names the culprit, a remedy, and the exit code of its
/// kind; nothing is left behind.
@Suite struct ErrorTests {
    private let scratch = Result {
        let scratch = try TemporaryDirectory()
        try writeTinyCheckpoint(scratch.file("checkpoint"))
        try scratch.write("train.csv", tinyReviews(8))
        return scratch
    }

    /// Runs `train` on good data with changes.
    private func train(
        _ changes: [String] = [], model: String? = nil, data: [String]? = nil
    ) throws -> ProgramOutcome {
        let scratch = try scratch.get()
        let arguments =
            ["train", "--model", model ?? scratch.path("checkpoint")]
            + (data ?? ["--train-file", scratch.path("train.csv")])
            + ["--output-dir", scratch.path("out"), "--max-steps", "1", "--use-cpu"] + changes
        return try runProgram("finetune", arguments)
    }

    private func expect(
        _ outcome: ProgramOutcome, _ code: Int32, _ parts: String...,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        #expect(outcome.code == code, "\(outcome.errors)", sourceLocation: sourceLocation)
        let report = outcome.errors.split(separator: "\n").first { $0.hasPrefix("error: ") }
        #expect(report != nil, "\(outcome.errors)", sourceLocation: sourceLocation)
        for part in parts {
            #expect(
                outcome.errors.contains(part), "\(outcome.errors)", sourceLocation: sourceLocation)
        }
        #expect(outcome.output.isEmpty, sourceLocation: sourceLocation)
        #expect(!outcome.errors.contains("\u{1B}"), sourceLocation: sourceLocation)
        #expect(!outcome.errors.contains("Fatal error"), sourceLocation: sourceLocation)
        #expect(try !scratch.get().contains("out"), sourceLocation: sourceLocation)
    }

    @Test func missingModel() throws {
        try expect(try train(model: "/nowhere/model"), 66, "/nowhere/model")
        try expect(
            try runProgram("finetune", ["train", "--train-file", "x.csv"]), 64, "--model DIR")
    }

    @Test func missingDataset() throws {
        try expect(try train(data: ["--dataset", "/nowhere/data"]), 66, "/nowhere/data")
        try expect(try train(data: ["--train-file", "/nowhere/x.csv"]), 66, "/nowhere/x.csv")
        try expect(try train(data: []), 64, "--train-file")
        try expect(try train(["--dataset", "/tmp"]), 64, "Both --dataset")
    }

    @Test func unknownOption() throws {
        try expect(try train(["--learning-rat", "1"]), 64, "--learning-rat", "--learning-rate")
        try expect(try train(["--learning_rat=1"]), 64, "--learning-rate", "finetune train --help")
    }

    @Test func unknownCommand() throws {
        try expect(try runProgram("finetune", ["trian"]), 64, "'trian'", "Did you mean 'train'?")
        try expect(try runProgram("finetune", ["fit", "--x"]), 64, "'fit'", "Known: train, ")
        try expect(try runProgram("finetune", ["eval"]), 64, "--model DIR")
        #expect(try runProgram("finetune", ["help", "train"]).code == 0)
    }

    @Test func wrongValues() throws {
        try expect(try train(["--learning-rate", "fast"]), 64, "--learning-rate is 'fast'")
        try expect(try train(["--eval-strategy", "epochs"]), 64, "Did you mean 'epoch'?")
        try expect(try train(["--bf16=maybe"]), 64, "--bf16 is 'maybe'")
        try expect(try train(["--max-length", "0"]), 64, "--max-length is 0")
        try expect(try train(["--learning-rate", "-1"]), 64, "--learning-rate: learning_rate")
        try expect(try train(["--eval-strategy", "epoch"]), 66, "--validation-file")
    }

    @Test func unknownConfigurationKey() throws {
        let scratch = try scratch.get()
        let yaml = try scratch.write("a.yaml", "learning_rat: 1e-5\n")
        try expect(try train(["--config", yaml]), 78, yaml, "learning_rat", "'learning_rate'")
        let json = try scratch.write("a.json", #"{"text_column": "a"}"#)
        try expect(try train(["--config", json]), 78, json, "text_column", "'text_columns'")
        let python = try scratch.write("b.yaml", "model_name_or_path: bert\n")
        try expect(try train(["--config", python]), 78, "It is called 'model' here.")
    }

    @Test func malformedConfiguration() throws {
        let scratch = try scratch.get()
        let yaml = try scratch.write("d.yaml", "a: [1\nb: 2\n")
        try expect(try train(["--config", yaml]), 78, "d.yaml:2")
        let kind = try scratch.write("e.yaml", "max_steps: many\n")
        try expect(try train(["--config", kind]), 78, "e.yaml", "'max_steps'", "an integer")
        let twice = try scratch.write("f.yaml", "seed: 1\nseed: 2\n")
        try expect(try train(["--config", twice]), 78, "seed", "twice")
        try expect(try train(["--config", "/nowhere.yaml"]), 66, "/nowhere.yaml")
        try expect(try train(["--config", try scratch.write("g.toml", "")]), 64, ".yaml nor .json")
    }

    @Test func columns() throws {
        let scratch = try scratch.get()
        try expect(try train(["--label-column", "lable"]), 66, "lable", "Did you mean 'label'?")
        try expect(try train(["--text-columns", "txt"]), 66, "Did you mean 'text'?")
        let numbers = try scratch.write("numbers.csv", "text,size,label\na,1,x\nb,2,y\n")
        let data = ["--train-file", numbers]
        try expect(try train(["--text-columns", "size"], data: data), 65, "'size'", "int64")
        let many = try scratch.write("many.csv", "a,b,c,label\nx,y,z,1\nx,y,z,0\n")
        try expect(try train(data: ["--train-file", many]), 64, "a, b, c", "--text-columns")
        let unlabelled = try scratch.write("unlabelled.csv", "text,kind\na,x\n")
        try expect(try train(data: ["--train-file", unlabelled]), 64, "--label-column")
    }

    @Test func labels() throws {
        let scratch = try scratch.get()
        let missing = try scratch.write("missing.csv", "text,label\na,x\nb,\n")
        try expect(try train(data: ["--train-file", missing]), 65, "Row 1 of 'train'")
        let negative = try scratch.write("negative.csv", "text,label\na,0\nb,-1\n")
        try expect(try train(data: ["--train-file", negative]), 65, "Row 1 of 'train'", "-1")
        let single = try scratch.write("single.csv", "text,label\na,x\nb,x\n")
        try expect(try train(data: ["--train-file", single]), 65, "only the class x")
        let zeros = try scratch.write("zeros.csv", "text,label\na,0\nb,0\n")
        try expect(try train(data: ["--train-file", zeros]), 65, "only the class 0")
        let many = try scratch.write(
            "identifiers.csv", "text,label\n" + (0...1000).map { "a,\($0)\n" }.joined())
        try expect(try train(data: ["--train-file", many]), 65, "1001 different numbers")
        let other = try scratch.write("other.csv", "text,label\na,neutral\n")
        try expect(
            try train(["--validation-file", other]), 65, "Row 0 of 'validation'", "neutral",
            "negative, positive")
        let evaluated = try runProgram(
            "finetune",
            [
                "evaluate", "--model", scratch.path("checkpoint"), "--validation-file",
                try scratch.write("five.csv", "text,label\na,0\nb,5\n"), "--use-cpu",
            ])
        try expect(evaluated, 65, "Row 1 of 'validation' has the label 5")
    }

    @Test func emptySplit() throws {
        let scratch = try scratch.get()
        let empty = try scratch.write("empty.csv", "text,label\n")
        try expect(try train(data: ["--train-file", empty]), 65, "train", "no rows")
        let predicted = try runProgram(
            "finetune",
            [
                "predict", "--model", scratch.path("checkpoint"), "--train-file",
                scratch.path("train.csv"), "--split", "trian",
            ])
        try expect(predicted, 66, "'trian'", "'train'")
    }

    @Test func outputDirectory() throws {
        let scratch = try scratch.get()
        let file = try scratch.write("file", "")
        let outcome = try runProgram(
            "finetune",
            [
                "train", "--model", scratch.path("checkpoint"), "--train-file", "/nowhere.csv",
                "--output-dir", "\(file)/out",
            ])
        try expect(outcome, 73, "\(file)/out")
    }

    @Test func damagedCheckpoint() throws {
        let scratch = try scratch.get()
        let damaged = scratch.file("damaged")
        try writeTinyCheckpoint(damaged)
        let weights = damaged.appendingPathComponent("model.safetensors")
        let whole = try Data(contentsOf: weights)
        try whole.prefix(whole.count - 100).write(to: weights)
        try expect(try train(model: damaged.path), 65, "model.safetensors")
        try FileManager.default.removeItem(at: weights)
        try expect(try train(model: damaged.path), 66, "no model.safetensors")
    }

    @Test func unknownArchitecture() throws {
        let scratch = try scratch.get()
        let path = try scratch.write("other/config.json", #"{"model_type": "berd"}"#)
        let directory = URL(fileURLWithPath: path).deletingLastPathComponent()
        try expect(try train(model: directory.path), 78, "berd", "bert")
    }

    @Test func headOfAnotherSize() throws {
        let scratch = try scratch.get()
        try writeTinyCheckpoint(scratch.file("five"), numLabels: 5)
        try expect(
            try train(model: scratch.path("five")), 65, "classifier", "--ignore-mismatched-sizes")
    }
}
