/// The tokens of one row with everything the tokenizer knows about them.
///
/// Offsets, words and sequences refer to the input texts; special and padding tokens have none.
public struct Encoding: Sendable {
    /// The tokens in order.
    package var entries: [EncodedToken]
    private let texts: [String]
    private let tokenizer: Tokenizer
    /// The further windows of a truncated row, if asked for.
    public internal(set) var overflowing: [Encoding] = []

    /// Creates the encoding of a row.
    init(_ entries: [EncodedToken], texts: [String], tokenizer: Tokenizer) {
        (self.entries, self.texts, self.tokenizer) = (entries, texts, tokenizer)
    }

    /// The number of tokens.
    public var count: Int { entries.count }

    /// The ids.
    public var ids: [Int] { entries.map { Int($0.id) } }

    /// The token type ids: which of two sequences a token belongs to, as the model sees it.
    public var typeIds: [Int] { entries.map { Int($0.type) } }

    /// The tokens as text.
    public var tokens: [String] {
        entries.map { entry in
            if entry.text >= 0 { return texts[Int(entry.text)] }
            return tokenizer.token(Int(entry.id)) ?? ""
        }
    }

    /// The scalars of the input text each token comes from; `0..<0` where there are none.
    public var offsets: [Range<Int>] { entries.map(\.offsets.range) }

    /// The number of the word each token belongs to, counted per sequence.
    public var wordIds: [Int?] { entries.map { $0.word < 0 ? nil : Int($0.word) } }

    /// The input sequence each token comes from, 0 or 1.
    public var sequenceIds: [Int?] { entries.map { $0.sequence < 0 ? nil : Int($0.sequence) } }

    /// 1 for tokens that the tokenizer added, padding included, else 0.
    public var specialTokensMask: [Int] { entries.map { $0.isSpecial ? 1 : 0 } }

    /// 1 for tokens that attention reaches, 0 for padding.
    public var attentionMask: [Int] { entries.map { $0.isAttended ? 1 : 0 } }
}

extension Encoding {
    /// The token that covers a scalar of the input, if any.
    public func token(atCharacter character: Int, sequence: Int = 0) -> Int? {
        entries.firstIndex { entry in
            Int(entry.sequence) == sequence && entry.offsets.range.contains(character)
        }
    }

    /// The tokens of a word.
    public func tokens(ofWord word: Int, sequence: Int = 0) -> Range<Int>? {
        let isPart = { (entry: EncodedToken) in
            Int(entry.sequence) == sequence && Int(entry.word) == word
        }
        guard let first = entries.firstIndex(where: isPart),
            let last = entries.lastIndex(where: isPart)
        else { return nil }
        return first..<last + 1
    }

    /// The scalars of the input that a word covers.
    public func characters(ofWord word: Int, sequence: Int = 0) -> Range<Int>? {
        guard let tokens = tokens(ofWord: word, sequence: sequence) else { return nil }
        let offsets = offsets[tokens]
        guard let first = offsets.first, let last = offsets.last else { return nil }
        return first.lowerBound..<last.upperBound
    }

    /// The word that covers a scalar of the input, if any.
    public func word(atCharacter character: Int, sequence: Int = 0) -> Int? {
        token(atCharacter: character, sequence: sequence).flatMap { wordIds[$0] }
    }
}
