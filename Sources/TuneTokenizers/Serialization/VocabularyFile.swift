import Foundation
import TuneBase

extension Vocabulary {
    /// Reads a `vocab.txt`: one token a line, its id the number of the line.
    ///
    /// Whitespace at the end of lines is not part of the token.
    init(lines file: URL) throws {
        let data = try readFile(file)
        guard let text = String(validating: data, as: UTF8.self) else {
            throw TuneError(
                .badData, "\(file.path) is not valid UTF-8.",
                remedy: "Restore the file or download it again.")
        }
        var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        let entries = lines.enumerated().map { (token: Self.trimmed($1), id: $0) }
        try self.init(entries, source: file.path)
    }

    private static func trimmed(_ line: Substring.UTF8View) -> String {
        var scalars = String.UnicodeScalarView(Substring(line).unicodeScalars)
        while let last = scalars.last, ScalarProperties.of(last.value).contains(.whitespace) {
            scalars.removeLast()
        }
        return String(scalars)
    }
}
