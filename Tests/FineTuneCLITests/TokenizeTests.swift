import FineTuneKit
import Foundation
import ProgramTestSupport
import Testing

@Suite struct TokenizeTests {
    private let directory = Result {
        let directory = try TemporaryDirectory()
        try writeTinyCheckpoint(directory.file("checkpoint"))
        return directory
    }

    private func tokenize(_ arguments: [String], input: String) throws -> ProgramOutcome {
        let model = try directory.get().path("checkpoint")
        return try runProgram("finetune", ["tokenize", "--model", model] + arguments, input: input)
    }

    private func firstLine(_ outcome: ProgramOutcome) throws -> JSONValue {
        let line = try #require(outcome.lines.first, "\(outcome.errors)")
        return try JSONValue(parsing: Data(line.utf8), source: "line")
    }

    @Test func readsStandardInput() throws {
        let outcome = try tokenize([], input: #"{"text": "the cat", "text_pair": "a dog"}"#)
        #expect(outcome.code == 0)
        let row = try firstLine(outcome)
        #expect(row["tokens"] == ["[CLS]", "the", "cat", "[SEP]", "a", "dog", "[SEP]"])
        #expect(row["token_type_ids"] == [0, 0, 0, 0, 1, 1, 1])
        #expect(row["attention_mask"] == [1, 1, 1, 1, 1, 1, 1])
        #expect(row["offsets"] == [[0, 0], [0, 3], [4, 7], [0, 0], [0, 1], [2, 5], [0, 0]])
        #expect(row["input_ids"]?.array?.count == 7)
    }

    @Test func readsAFileAndOtherColumns() throws {
        let file = try directory.get().write("in.jsonl", "{\"q\": \"a tree\"}\n\n{\"q\": \"a\"}\n")
        let outcome = try tokenize([file, "--text-columns", "q"], input: "")
        #expect(outcome.code == 0)
        #expect(outcome.lines.count == 2)
        #expect(try firstLine(outcome)["tokens"] == ["[CLS]", "a", "tree", "[SEP]"])
    }

    @Test func cutsToAMaximalLength() throws {
        let outcome = try tokenize(
            ["--max-length", "4"], input: #"{"text": "the cat sees a ball"}"#)
        #expect(try firstLine(outcome)["tokens"] == ["[CLS]", "the", "cat", "[SEP]"])
    }

    /// U+202E would turn the direction of the text around it.
    @Test func readableTextWithoutTerminalControl() throws {
        let plain = try tokenize(["--text-columns", "ä"], input: #"{"ä": "größer"}"#)
        #expect(plain.code == 0)
        let outcome = try tokenize(
            ["--text-columns", "t"], input: "{\"t\": \"a\u{202E}b\u{1B}[1m\"}")
        #expect(!outcome.output.unicodeScalars.contains("\u{202E}"))
        #expect(!outcome.output.contains("\u{1B}"))
    }

    @Test(arguments: [
        ("nonsense", "line 1"), (#"{"txt": "a"}"#, "Did you mean 'txt'?"),
        (#"{"text": 5}"#, "'text' is an integer"), ("[1]", "line 1"),
    ])
    func malformedLinesAreNamed(_ line: String, _ message: String) throws {
        let outcome = try tokenize([], input: line)
        #expect(outcome.code == 65)
        #expect(outcome.errors.hasPrefix("error: standard input, line 1"))
        #expect(outcome.errors.contains(message))
    }
}
