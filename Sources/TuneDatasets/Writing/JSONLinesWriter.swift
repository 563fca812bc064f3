import Foundation
import TuneBase

extension Dataset {
    /// Writes the rows as JSON Lines, one object per row.
    ///
    /// The text is what Python's `Dataset.to_json` writes, except that numbers keep all digits:
    /// ASCII only, no spaces. The file appears complete or not at all.
    ///
    /// - Throws: `TuneError` when the file cannot be written.
    public func toJSONLines(_ path: String) throws {
        let names = columnNames
        try writeFileAtomically(URL(fileURLWithPath: path)) { handle in
            for range in batchRanges(of: 1000) {
                let batch = try read(.range(range))
                var text = CompactJSON()
                for row in 0..<range.count {
                    for (index, name) in names.enumerated() {
                        text.append(ascii: index == 0 ? "{" : ",")
                        text.append(name)
                        text.append(ascii: ":")
                        if let data = batch[name] { text.append(data, row, as: features[name]) }
                    }
                    text.append(ascii: names.isEmpty ? "{}\n" : "}\n")
                }
                try handle.write(contentsOf: Data(text.bytes))
            }
        }
    }
}

/// JSON text without spaces, in ASCII, with `/` escaped as pandas does.
private struct CompactJSON {
    private(set) var bytes: [UInt8] = []

    mutating func append(ascii text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    mutating func append(_ data: ColumnData, _ row: Int, as feature: Feature?) {
        switch data {
        case .ints(let values): append(values[row])
        case .strings(let values): append(values[row])
        default: append(data[row].json(as: feature))
        }
    }

    mutating func append(_ value: Int) { bytes.append(contentsOf: String(value).utf8) }

    mutating func append(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\", "/":
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(UInt8(ascii: scalar))
            case " "..."~": bytes.append(UInt8(ascii: scalar))
            default: bytes.append(contentsOf: Self.escaped(scalar).utf8)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> Substring {
        // DEL is the one character that pandas writes as it is beyond the printable ones.
        if scalar == "\u{7F}" { return "\u{7F}" }
        return JSONValue.string(String(scalar)).serialized().dropFirst().dropLast()
    }

    private mutating func append(_ value: JSONValue) {
        switch value {
        case .int(let value): append(value)
        case .string(let text): append(text)
        case .array(let elements):
            append(ascii: "[")
            for (index, element) in elements.enumerated() {
                if index > 0 { append(ascii: ",") }
                append(element)
            }
            append(ascii: "]")
        case .object(let object):
            append(ascii: "{")
            for (index, (name, member)) in object.members.enumerated() {
                if index > 0 { append(ascii: ",") }
                append(name)
                append(ascii: ":")
                append(member)
            }
            append(ascii: "}")
        default: bytes.append(contentsOf: value.serialized().utf8)
        }
    }
}
