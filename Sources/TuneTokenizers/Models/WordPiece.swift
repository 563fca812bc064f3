import TuneBase

/// Cuts words greedily into the longest pieces of the vocabulary, from left to right.
///
/// Pieces after the first carry the prefix (`##ing`). A word that cannot be covered, or is longer
/// than the limit, becomes the unknown token as a whole.
struct WordPiece: TokenModel {
    let vocabulary: Vocabulary
    let unknownToken: String
    let prefix: String
    /// The longest word in scalars.
    let longestWord: Int
    private let unknownID: Int32
    private let continuation: UInt32?

    init(
        vocabulary: Vocabulary, unknownToken: String = "[UNK]", prefix: String = "##",
        longestWord: Int = 100, source: String
    ) throws {
        guard let unknown = vocabulary.id(of: unknownToken) else {
            throw TuneError(
                .badConfig,
                "\(source): the vocabulary has no entry for the unknown token '\(unknownToken)'.",
                remedy: "Add the token to the vocabulary or set 'unk_token' to one it has.")
        }
        self.vocabulary = vocabulary
        self.unknownToken = unknownToken
        self.prefix = prefix
        self.longestWord = longestWord
        unknownID = Int32(truncatingIfNeeded: unknown)
        continuation = vocabulary.trie.node(of: Array(prefix.utf8))
    }

    init(_ fields: JSONFields) throws {
        try self.init(
            vocabulary: Vocabulary(fields.object["vocab"] ?? .null, source: fields.source),
            unknownToken: fields.string("unk_token", default: "[UNK]"),
            prefix: fields.string("continuing_subword_prefix", default: "##"),
            longestWord: fields.int("max_input_chars_per_word", default: 100),
            source: fields.source)
    }

    func tokenize(
        _ text: PreTokenizedString, firstWord: Int32, into tokens: inout [EncodedToken]
    ) {
        text.text.bytes.withUnsafeBufferPointer { bytes in
            vocabulary.trie.withLookup { lookup in
                for (number, piece) in text.pieces.enumerated() {
                    let word = firstWord + Int32(truncatingIfNeeded: number)
                    let count = tokens.count
                    let isCovered = cover(bytes, piece, lookup) { id, range in
                        let origin = text.text.origin(of: range)
                        tokens.append(EncodedToken(id: id, offsets: origin, word: word))
                    }
                    if isCovered { continue }
                    tokens.removeSubrange(count...)
                    let origin = text.text.origin(of: piece)
                    tokens.append(EncodedToken(id: unknownID, offsets: origin, word: word))
                }
            }
        }
    }

    /// Cuts one word; returns false when that is impossible.
    @inline(__always)
    private func cover(
        _ bytes: UnsafeBufferPointer<UInt8>, _ piece: Span, _ lookup: ByteTrie.Lookup,
        _ emit: (Int32, Span) -> Void
    ) -> Bool {
        if isTooLong(bytes, piece) { return false }
        let end = Int(piece.end)
        var start = Int(piece.start)
        var node = ByteTrie.root
        while true {
            guard let match = lookup.longestMatch(from: node, bytes, start, end) else {
                return false
            }
            emit(match.value, Span(start, match.end))
            if match.end == end { return true }
            guard let continuation else { return false }
            (start, node) = (match.end, continuation)
        }
    }

    private func isTooLong(_ bytes: UnsafeBufferPointer<UInt8>, _ piece: Span) -> Bool {
        if Int(piece.end - piece.start) <= longestWord { return false }
        let scalars = bytes[piece.range].count { $0 & 0xC0 != 0x80 }
        return scalars > longestWord
    }

    var json: JSONValue {
        [
            "type": "WordPiece", "unk_token": .string(unknownToken),
            "continuing_subword_prefix": .string(prefix),
            "max_input_chars_per_word": .int(longestWord), "vocab": vocabulary.json,
        ]
    }
}
