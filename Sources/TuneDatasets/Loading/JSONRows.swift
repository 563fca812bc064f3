import Foundation
import TuneBase

/// Brings the forms in which JSON files hold rows to one: an object per line.
enum JSONRows {
    /// The rows of a file as JSON Lines.
    ///
    /// An array holds one row per element, where elements that are no objects become the column
    /// `text`; anything else is JSON Lines already. With `field`, the rows are that member of the
    /// document: an array of rows, or an object of columns.
    static func lines(of data: Data, field: String?, source: String) throws -> Data {
        try data.withUnsafeBytes { bytes in
            var spans = JSONSpans(bytes, source: source)
            if let field { return try lines(ofField: field, &spans) }
            guard spans.peek() == UInt8(ascii: "[") else {
                return spans.position == 0 ? data : Data(bytes[spans.position...])
            }
            let elements = try spans.elements()
            guard spans.peek() == nil else {
                throw spans.failure("unexpected text after the array")
            }
            return lines(elements, bytes)
        }
    }

    /// The values of a file of objects that span several lines, one per line.
    static func joinedLines(_ data: Data, source: String) throws -> Data {
        try data.withUnsafeBytes { bytes in
            var spans = JSONSpans(bytes, source: source)
            var rows: [Range<Int>] = []
            while spans.peek() != nil { rows.append(try spans.value()) }
            return joined(rows, bytes)
        }
    }

    private static func lines(ofField field: String, _ spans: inout JSONSpans) throws -> Data {
        guard spans.peek() == UInt8(ascii: "{") else {
            throw spans.failure("a document with the field '\(field)' must be an object")
        }
        let members = try spans.members()
        guard let rows = members.first(where: { $0.key == field })?.value else {
            throw TuneError(
                .missingInput, "\(spans.source) has no field '\(field)'.",
                remedy: suggestion(for: field, among: members.map(\.key)))
        }
        spans.move(to: rows)
        if spans.bytes[rows.lowerBound] == UInt8(ascii: "[") {
            return lines(try spans.elements(), spans.bytes)
        }
        guard spans.bytes[rows.lowerBound] == UInt8(ascii: "{") else {
            throw spans.failure("the field '\(field)' must be an array or an object")
        }
        return try lines(ofColumns: try spans.members(), &spans)
    }

    /// Rows from an object whose members are columns.
    private static func lines(
        ofColumns members: [(key: String, value: Range<Int>)], _ spans: inout JSONSpans
    ) throws -> Data {
        var columns: [(name: Data, cells: [Range<Int>])] = []
        for member in members {
            spans.move(to: member.value)
            guard spans.peek() == UInt8(ascii: "[") else {
                return joinedObject(members, spans.bytes)
            }
            let name = Data(JSONValue.string(member.key).serialized().utf8)
            columns.append((name, try spans.elements()))
        }
        let count = columns.first?.cells.count ?? 0
        guard columns.allSatisfy({ $0.cells.count == count }) else {
            throw spans.failure("All arrays must be of the same length")
        }
        var result = Data()
        for row in 0..<count {
            for (index, column) in columns.enumerated() {
                result.append(UInt8(ascii: index == 0 ? "{" : ","))
                result.append(column.name)
                result.append(UInt8(ascii: ":"))
                append(column.cells[row], of: spans.bytes, to: &result)
            }
            result.append(contentsOf: "}\n".utf8)
        }
        return result
    }

    /// One row from an object whose members are no columns.
    private static func joinedObject(
        _ members: [(key: String, value: Range<Int>)], _ bytes: UnsafeRawBufferPointer
    ) -> Data {
        var result = Data()
        for (index, member) in members.enumerated() {
            result.append(UInt8(ascii: index == 0 ? "{" : ","))
            result.append(Data(JSONValue.string(member.key).serialized().utf8))
            result.append(UInt8(ascii: ":"))
            append(member.value, of: bytes, to: &result)
        }
        result.append(contentsOf: "}\n".utf8)
        return result
    }

    private static func lines(_ rows: [Range<Int>], _ bytes: UnsafeRawBufferPointer) -> Data {
        guard let first = rows.first, bytes[first.lowerBound] != UInt8(ascii: "{") else {
            return joined(rows, bytes)
        }
        var result = Data()
        for row in rows {
            result.append(contentsOf: "{\"text\":".utf8)
            append(row, of: bytes, to: &result)
            result.append(contentsOf: "}\n".utf8)
        }
        return result
    }

    private static func joined(_ rows: [Range<Int>], _ bytes: UnsafeRawBufferPointer) -> Data {
        var result = Data(capacity: bytes.count)
        for row in rows {
            append(row, of: bytes, to: &result)
            result.append(0x0A)
        }
        return result
    }

    /// Appends a value with its line breaks, which stand between tokens, as spaces.
    private static func append(
        _ span: Range<Int>, of bytes: UnsafeRawBufferPointer, to data: inout Data
    ) {
        let value = UnsafeRawBufferPointer(rebasing: bytes[span])
        guard value.contains(where: { $0 == 0x0A || $0 == 0x0D }) else {
            data.append(contentsOf: value)
            return
        }
        data.append(contentsOf: value.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 })
    }
}
