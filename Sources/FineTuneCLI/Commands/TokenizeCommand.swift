import ArgumentParser
import FineTuneKit
import Foundation

/// `finetune tokenize`.
struct TokenizeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokenize",
        abstract: "Show what a tokenizer makes of texts.",
        discussion: """
            Reads one JSON object per line with the columns text and, for pairs, text_pair. Writes \
            one JSON object per line: input_ids, token_type_ids, attention_mask, offsets (in \
            characters of each text) and tokens.
            """)

    @Option(help: ArgumentHelp("The checkpoint directory.", valueName: "dir"))
    var model: String
    @Argument(help: "A file of JSON lines; the standard input by default.")
    var input: String?
    @Option(help: dataHelp("text_columns")) var textColumns: String?
    @Option(help: dataHelp("max_length")) var maxLength: String?
    @Option(help: ArgumentHelp("Write to this file.", valueName: "file"))
    var output: String?

    func run() throws {
        if let output { try checkWritable(file: URL(fileURLWithPath: expandingTilde(output))) }
        let limit = try maxLength.map { try positive($0) }
        let columns = try textColumns.map {
            try fieldValue($0, kind: .strings, name: "text_columns").array?.compactMap(\.string)
        }
        let tokenizer = try AutoTokenizer.fromPretrained(model)
        let lines = try TextLines(path: input, columns: columns ?? nil)
        try ResultWriter.run(to: output) { write in
            while let texts = try lines.next() {
                let encoding = try tokenizer(
                    texts[0], texts.count > 1 ? texts[1] : nil,
                    truncation: limit != nil ? true : false,
                    maxLength: limit)
                try write(encodingLine(encoding))
            }
        }
    }

    private func positive(_ text: String) throws -> Int {
        guard let value = try fieldValue(text, kind: .int, name: "max_length").int, value > 0 else {
            throw TuneError(.usage, "--max-length is \(text).", remedy: "Use 1 or more.")
        }
        return value
    }
}
