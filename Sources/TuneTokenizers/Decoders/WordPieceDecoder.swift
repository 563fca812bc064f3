import TuneBase

/// Joins tokens with spaces, except those with the continuation prefix.
struct WordPieceDecoder: TokenDecoder {
    let prefix: String
    let cleansUp: Bool

    init(prefix: String = "##", cleansUp: Bool = true) {
        self.prefix = prefix
        self.cleansUp = cleansUp
    }

    init(_ fields: JSONFields) throws {
        self.init(
            prefix: try fields.string("prefix", default: "##"),
            cleansUp: try fields.bool("cleanup", default: true))
    }

    func decode(_ tokens: [String]) -> [String] {
        tokens.enumerated().map { index, token in
            var bytes = Array(token.utf8)
            if index > 0 {
                if bytes.starts(with: prefix.utf8) {
                    bytes.removeFirst(prefix.utf8.count)
                } else {
                    bytes.insert(UInt8(ascii: " "), at: 0)
                }
            }
            if cleansUp { bytes = Self.cleanUp.apply(to: bytes) }
            return UTF8Bytes.string(bytes)
        }
    }

    /// The spaces that English text does not have, token by token.
    private static let cleanUp = TextReplacements([
        (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"), (" n't", "n't"),
        (" 'm", "'m"), (" do not", " don't"), (" 's", "'s"), (" 've", "'ve"), (" 're", "'re"),
    ])

    var json: JSONValue {
        ["type": "WordPiece", "prefix": .string(prefix), "cleanup": .bool(cleansUp)]
    }
}

/// Replacements of text applied one after the other, byte by byte.
struct TextReplacements: Sendable {
    private let pairs: [(old: [UInt8], new: [UInt8])]

    init(_ pairs: [(String, String)]) {
        self.pairs = pairs.map { (Array($0.0.utf8), Array($0.1.utf8)) }
    }

    /// The text with all replacements made.
    func apply(to text: [UInt8]) -> [UInt8] {
        guard text.contains(UInt8(ascii: " ")) else { return text }
        return pairs.reduce(text) { text, pair in
            var result: [UInt8] = []
            var index = 0
            while index < text.count {
                if text[index...].starts(with: pair.old) {
                    result += pair.new
                    index += pair.old.count
                } else {
                    result.append(text[index])
                    index += 1
                }
            }
            return result
        }
    }
}
