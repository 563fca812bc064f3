public import Foundation

/// A value with the places of its members in the text that it was read from.
public struct JSONDocument: Sendable {
    /// What the document holds.
    public let value: JSONValue
    /// Where it stands.
    public let place: JSONPlace

    /// A value read from another format.
    public init(_ value: JSONValue, place: JSONPlace) { (self.value, self.place) = (value, place) }

    /// Parses one JSON document and keeps where its members stand.
    ///
    /// - Parameters:
    ///   - data: UTF-8 bytes.
    ///   - source: What the bytes are, for messages.
    /// - Throws: `TuneError` with line and column for malformed text and for members that appear
    ///   twice.
    public init(parsing data: Data, source: String) throws {
        self = try data.withUnsafeBytes { bytes in
            var parser = JSONParser(bytes: bytes, source: source)
            parser.recorder = MarkRecorder()
            let value = try parser.document()
            return JSONDocument(
                value, place: JSONPlace(source, marks: parser.recorder?.marks ?? [:]))
        }
    }
}

/// Collects the positions of members while a document is parsed.
struct MarkRecorder {
    private(set) var marks: [[String]: JSONPlace.Mark] = [:]
    private var path: [String] = []
    private var line = 1
    private var lineStart = 0
    private var scanned = 0

    /// Goes into a member whose name begins at an offset that is not before an earlier one.
    mutating func enter(_ name: String, at offset: Int, in bytes: UnsafeRawBufferPointer) {
        while scanned < offset {
            if bytes[scanned] == UInt8(ascii: "\n") { (line, lineStart) = (line + 1, scanned + 1) }
            scanned += 1
        }
        path.append(name)
        marks[path] = JSONPlace.Mark(line: line, column: offset - lineStart + 1)
    }

    /// Goes back out of the member.
    mutating func leave() { path.removeLast() }
}
