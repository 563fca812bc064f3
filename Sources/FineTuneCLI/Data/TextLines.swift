import FineTuneKit
import Foundation

/// Reads texts, or pairs of texts, from JSON lines one by one.
final class TextLines {
    private let handle: FileHandle
    private let source: String
    private let columns: [String]?
    private var pending = Data()
    private var isAtEnd = false
    private var lineNumber = 0

    /// Opens a file, or the standard input.
    ///
    /// - Parameters:
    ///   - path: The file; nil for the standard input.
    ///   - columns: The members that hold the texts; nil for `text` and, where it exists,
    ///     `text_pair`.
    /// - Throws: `TuneError` when the file is missing or more than two columns are named.
    init(path: String?, columns: [String]?) throws {
        if let columns, columns.count > 2 {
            throw TuneError(
                .usage, "--text-columns names \(columns.count) columns.",
                remedy: "Name one column, or two for pairs.")
        }
        self.columns = columns
        source = path ?? "standard input"
        guard let path else {
            handle = .standardInput
            return
        }
        guard let file = FileHandle(forReadingAtPath: expandingTilde(path)) else {
            throw TuneError(
                .missingInput, "The file \(path) cannot be read.",
                remedy: "Check the path and its permissions.")
        }
        handle = file
    }

    /// The texts of the next line that is not empty, one or two; nil after the last.
    ///
    /// - Throws: `TuneError` naming the line that is no object with these texts.
    func next() throws -> [String]? {
        while let line = try nextLine() {
            lineNumber += 1
            guard !line.allSatisfy({ [0x20, 0x09, 0x0D].contains($0) }) else { continue }
            return try texts(of: line)
        }
        return nil
    }

    private func texts(of line: Data) throws -> [String] {
        let place = "\(source), line \(lineNumber)"
        let fields = try members(of: line, at: place)
        let wanted =
            columns ?? (fields.object["text_pair"] == nil ? ["text"] : ["text", "text_pair"])
        return try wanted.map { name in
            guard let value = fields.object[name] else {
                throw TuneError(
                    .badData, "\(place) has no '\(name)'.",
                    remedy: suggestion(for: name, among: fields.object.keys))
            }
            guard let text = value.string else {
                throw TuneError(
                    .badData, "\(place): '\(name)' is \(value.kind), not a text.",
                    remedy: "Name other columns with --text-columns.")
            }
            return text
        }
    }

    private func members(of line: Data, at place: String) throws -> JSONFields {
        do {
            return try JSONFields(JSONValue(parsing: line, source: place), source: place)
        } catch let error as TuneError {
            throw TuneError(
                .badData, error.message, remedy: "Write one JSON object per line.", cause: error)
        }
    }

    private func nextLine() throws -> Data? {
        while true {
            if let end = pending.firstIndex(of: 0x0A) {
                let line = pending[pending.startIndex..<end]
                pending = pending[pending.index(after: end)...]
                return Data(line)
            }
            if isAtEnd {
                defer { pending = Data() }
                return pending.isEmpty ? nil : Data(pending)
            }
            let chunk = try read()
            isAtEnd = chunk.isEmpty
            pending = Data(pending) + chunk
        }
    }

    private func read() throws -> Data {
        do {
            return try handle.read(upToCount: 1 << 16) ?? Data()
        } catch {
            throw TuneError(
                .io, "Reading \(source) failed.", remedy: "Name a file of JSON lines.",
                cause: error)
        }
    }
}
