/// One token of an encoding, with everything the pipeline knows about it.
package struct EncodedToken: Hashable, Sendable {
    /// The marker of an absent word, sequence or text.
    static let none: Int32 = -1

    /// The id in the vocabulary.
    package var id: Int32
    /// The scalars of the input it comes from; empty for special and padding tokens.
    package var offsets: Span
    /// The word it belongs to, or -1.
    package var word: Int32
    /// The token type id.
    package var type: Int32 = 0
    /// Where the row keeps its text when that differs from the vocabulary's, or -1.
    package var text: Int32 = none
    /// The input sequence it comes from, or -1.
    package var sequence: Int8 = -1
    /// Whether the post-processor or padding put it there.
    package var isSpecial = false
    /// Whether attention reaches it.
    package var isAttended = true

    /// Creates a token of the input.
    @inline(__always)
    init(id: Int32, offsets: Span, word: Int32) {
        self.id = id
        self.offsets = offsets
        self.word = word
    }

    /// A token that a post-processor adds.
    static func special(id: Int, type: Int) -> EncodedToken {
        var token = EncodedToken(
            id: Int32(truncatingIfNeeded: id), offsets: Span(0, 0), word: none)
        token.type = Int32(truncatingIfNeeded: type)
        token.isSpecial = true
        return token
    }

    /// A token that fills up a row.
    static func padding(id: Int, type: Int) -> EncodedToken {
        var token = special(id: id, type: type)
        token.isAttended = false
        return token
    }
}

/// The tokens of one input sequence before post-processing.
struct TokenSequence: Sendable {
    /// The tokens in order.
    var tokens: [EncodedToken] = []
    /// Texts of tokens that read differently from their vocabulary entry.
    var texts: [String] = []
    /// The words counted so far.
    var words: Int32 = 0
}
