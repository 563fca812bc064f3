import TuneBase

/// BERT's clean-up: drops control characters, turns whitespace into spaces, sets ideographs apart,
/// strips accents and lowercases, in this order.
struct BertNormalizer: Normalizer {
    let cleansText: Bool
    let handlesIdeographs: Bool
    /// Whether accents go; nil follows `lowercases`.
    let stripsAccents: Bool?
    let lowercases: Bool
    private let ascii: ASCIIFastPath

    init(
        cleansText: Bool = true, handlesIdeographs: Bool = true, stripsAccents: Bool? = nil,
        lowercases: Bool = true
    ) {
        self.cleansText = cleansText
        self.handlesIdeographs = handlesIdeographs
        self.stripsAccents = stripsAccents
        self.lowercases = lowercases
        ascii = ASCIIFastPath(cleansText: cleansText, lowercases: lowercases)
    }

    init(_ fields: JSONFields) throws {
        self.init(
            cleansText: try fields.bool("clean_text", default: true),
            handlesIdeographs: try fields.bool("handle_chinese_chars", default: true),
            stripsAccents: try fields.optionalBool("strip_accents"),
            lowercases: try fields.bool("lowercase", default: true))
    }

    func normalize(_ text: inout NormalizedString) {
        if ascii.normalize(&text) { return }
        if cleansText || handlesIdeographs { cleanAndSpace(&text) }
        let dropsMarks = stripsAccents ?? lowercases
        if dropsMarks { text.decompose() }
        if dropsMarks || lowercases { dropMarksAndLowercase(&text, dropsMarks: dropsMarks) }
    }

    private func cleanAndSpace(_ text: inout NormalizedString) {
        let table = ScalarProperties.table
        let space: UInt32 = 0x20
        text.rewrite { scalar, output in
            let properties = table[scalar]
            if cleansText, properties.contains(.control) { return }
            if cleansText, properties.contains(.whitespace) {
                output.append(space)
            } else if handlesIdeographs, properties.contains(.ideograph) {
                output.append(space)
                output.append(scalar)
                output.append(space)
            } else {
                output.append(scalar)
            }
        }
    }

    private func dropMarksAndLowercase(_ text: inout NormalizedString, dropsMarks: Bool) {
        let table = ScalarProperties.table
        let lowercase = ScalarMapping.lowercase
        text.rewrite { scalar, output in
            if dropsMarks, table[scalar].contains(.nonspacingMark) { return }
            if lowercases, let lower = lowercase[scalar] {
                for part in lower { output.append(part) }
            } else {
                output.append(scalar)
            }
        }
    }

    var json: JSONValue {
        [
            "type": "BertNormalizer", "clean_text": .bool(cleansText),
            "handle_chinese_chars": .bool(handlesIdeographs),
            "strip_accents": stripsAccents.map(JSONValue.bool) ?? .null,
            "lowercase": .bool(lowercases),
        ]
    }
}

/// The whole normalizer for ASCII text without controls, where it maps bytes one for one.
private struct ASCIIFastPath: Sendable {
    private static let dropped: UInt8 = 0xFF
    private let table: [UInt8]

    init(cleansText: Bool, lowercases: Bool) {
        table = (0...UInt8.max).map { byte in
            switch byte {
            case 0x80...: Self.dropped
            case 0x09, 0x0A, 0x0D: cleansText ? 0x20 : byte
            case 0..<0x20, 0x7F: cleansText ? Self.dropped : byte
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): lowercases ? byte | 0x20 : byte
            default: byte
            }
        }
    }

    /// Normalizes `text` if this path can do it.
    func normalize(_ text: inout NormalizedString) -> Bool {
        guard text.isIdentity, text.bytes.allSatisfy({ table[Int($0)] != Self.dropped }) else {
            return false
        }
        text.mapASCII(table)
        return true
    }
}
