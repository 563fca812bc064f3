import FineTuneKit
import ProgramTestSupport
import Testing

@Suite struct HelpTests {
    private let dataOptions = [
        "--model", "--dataset", "--dataset-config", "--train-file", "--validation-file",
        "--test-file", "--text-columns", "--label-column", "--max-length",
    ]
    private let inferenceOptions = [
        "--per-device-eval-batch-size", "--bf16", "--use-cpu", "--mode", "--disable-tqdm",
    ]

    /// The long options that a help screen lists.
    private func options(_ help: String) -> Set<String> {
        let words = help.split(separator: "\n")
            .filter { $0.hasPrefix("  -") }
            .flatMap { $0.split { " ,".contains($0) } }
        return Set(words.filter { $0.hasPrefix("--") }.map(String.init))
    }

    private func help(_ command: String, _ option: String = "--help") throws -> String {
        let result = try runProgram("finetune", [command, option])
        #expect(result.code == 0)
        #expect(result.errors.isEmpty)
        return result.output
    }

    @Test func rootListsCommands() throws {
        let result = try runProgram("finetune", ["--help"])
        #expect(result.code == 0)
        for command in ["train", "evaluate", "predict", "tokenize", "convert", "bench"] {
            let isListed = result.output.split(separator: "\n").contains {
                $0.hasPrefix("  \(command) ") || $0.hasPrefix("  \(command), ")
            }
            #expect(isListed, "\(command)")
        }
    }

    @Test func nothingMeansHelp() throws {
        let result = try runProgram("finetune", [])
        #expect(result.code == 0)
        #expect(result.output.contains("SUBCOMMANDS"))
    }

    @Test func version() throws {
        let result = try runProgram("finetune", ["--version"])
        #expect(result.code == 0)
        #expect(result.output.split(separator: ".").count == 3)
    }

    /// The options of `train` and the fields of `TrainingArguments` are the same; the help lists
    /// those that most trainings are about.
    @Test func trainHasAnOptionForEveryField() throws {
        let fields = TrainingArguments.fields.map { "--" + $0.name.replacing("_", with: "-") }
        let others = [
            "--config", "--fresh", "--step-times", "--ignore-mismatched-sizes", "--help",
            "--version",
        ]
        let all = Set(fields + dataOptions + others)
        #expect(try options(help("train", "--help-hidden")) == all)
        let short = try options(help("train"))
        #expect(short.isStrictSubset(of: all))
        #expect(short.isSuperset(of: dataOptions + ["--learning-rate", "--config"]))
    }

    @Test func trainHelpIsNarrowAndShort() throws {
        let lines = try help("train").split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count < 135)
        #expect(
            try help("train", "--help-hidden").split(separator: "\n").allSatisfy { $0.count <= 80 })
    }

    /// Names that are no fields have options too, which say what to do.
    @Test func everyNameOfPythonsIsUnderstood() throws {
        // `include_tokens_per_second` is content with both values.
        let foreign = ForeignArgument.all.filter { !($0.isNeutral(true) && $0.isNeutral(false)) }
        let options = foreign.map { name in
            "--\(name.name.replacing("_", with: "-"))=\(!name.isNeutral(true))"
        }
        let outcome = try runProgram("finetune", ["train"] + options)
        #expect(outcome.code == 64)
        for name in foreign.map(\.name) {
            #expect(outcome.errors.contains("'\(name)'"), "\(outcome.errors)")
        }
    }

    @Test func trainHelpTellsDefaults() throws {
        let text = try help("train")
        #expect(text.contains("(default: 5e-05)"))
        #expect(text.contains("(default: 42)"))
    }

    @Test func evaluateListsItsOptions() throws {
        let own = ["--split", "--output-dir", "--help", "--version"]
        #expect(try options(help("evaluate")) == Set(dataOptions + inferenceOptions + own))
    }

    @Test func predictListsItsOptions() throws {
        let own = ["--split", "--output", "--help", "--version"]
        #expect(try options(help("predict")) == Set(dataOptions + inferenceOptions + own))
    }

    @Test func tokenizeListsItsOptions() throws {
        let own = ["--model", "--text-columns", "--max-length", "--output", "--help", "--version"]
        #expect(try options(help("tokenize")) == Set(own))
    }
}
