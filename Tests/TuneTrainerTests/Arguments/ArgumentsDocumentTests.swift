import Foundation
import Testing
import TuneBase
import TuneTestSupport
import TuneTrainer

/// `docs/arguments.md` says what the fields say; with `FINETUNE_WRITE_DOCS=1` it is written anew.
@Suite struct ArgumentsDocumentTests {
    private let file = URL(fileURLWithPath: fixtures())
        .appendingPathComponent("../../../docs/arguments.md").standardized

    @Test func isInStepWithTheFields() throws {
        let text = ArgumentsDocument().text
        if ProcessInfo.processInfo.environment["FINETUNE_WRITE_DOCS"] == "1" {
            try writeFileAtomically(file, text)
        }
        let written = String(decoding: try readFile(file), as: UTF8.self)
        let missing = Set(text.split(separator: "\n")).subtracting(written.split(separator: "\n"))
        #expect(
            written == text,
            "docs/arguments.md lacks: \(missing.sorted()). Run this test with FINETUNE_WRITE_DOCS=1."
        )
    }
}

private struct ArgumentsDocument {
    var text: String { ([head] + sections + [former, foreign]).joined(separator: "\n\n") + "\n" }

    private let head = """
        # Training arguments

        The fields of Python's `TrainingArguments`, by the same names in configuration files, with dashes on the command
        line (`--learning-rate`), in camel case in Swift (`learningRate`); made from the sources, like `finetune train
        --help-hidden`. Configuration files are YAML or JSON, for `finetune train --config`; `training_args.json` in a
        checkpoint is one too. A name that is neither here nor a setting of the tool (`model`, `dataset`, …) is an error.
        """

    private var sections: [String] {
        TrainingArguments.sections.map { title, fields in
            "## \(title)\n\n| Field | Values | Default | Meaning |\n|---|---|---|---|\n"
                + fields.map(row).joined(separator: "\n")
        }
    }

    private func row(_ field: ArgumentField) -> String {
        let initial = field.value(of: TrainingArguments()).serialized()
        return "| `\(field.name)` | \(values(field.kind)) | `\(initial)` | \(field.help) |"
    }

    private func values(_ kind: ArgumentField.Kind) -> String {
        switch kind {
        case .bool: "true, false"
        case .int: "integer"
        case .number: "number"
        case .string: "text"
        case .choice(let names): names.map { "`\($0)`" }.joined(separator: ", ")
        case .strings: "list of texts"
        case .choices(let names): "list of " + names.map { "`\($0)`" }.joined(separator: ", ")
        case .object: "object"
        }
    }

    private var former: String {
        "## Names of older versions\n\nAccepted with a notice; in Swift they are deprecated properties and labels.\n\n"
            + FormerArgument.all.map { "- \($0.notice)" }.joined(separator: "\n")
    }

    private var foreign: String {
        "## Names that only Python has\n\nTheir defaults are accepted; another value is an error that says:\n\n"
            + "| Name | Advice |\n|---|---|\n"
            + ForeignArgument.all.map { "| `\($0.name)` | \($0.advice) |" }.joined(separator: "\n")
    }
}
