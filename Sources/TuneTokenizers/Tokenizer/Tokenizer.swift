import TuneBase

/// The five-stage pipeline: normalizer, pre-tokenizer, model, post-processor, decoder.
///
/// Immutable, so that threads can share it.
package final class Tokenizer: Sendable {
    /// The parts of a pipeline.
    package struct Components: Sendable {
        var normalizer: (any Normalizer)?
        var preTokenizer: (any PreTokenizer)?
        var model: any TokenModel
        var postProcessor: (any PostProcessor)?
        var decoder: (any TokenDecoder)?
        /// What `tokenizer.json` says about truncation; only saved again.
        var truncation: JSONValue = .null
        /// What `tokenizer.json` says about padding; only saved again.
        var padding: JSONValue = .null
    }

    let components: Components
    let added: AddedVocabulary

    /// Creates a pipeline that finds the tokens of `added` in the text first.
    init(_ components: Components, added: AddedVocabulary = AddedVocabulary()) {
        self.components = components
        self.added = added
    }

    /// The same pipeline with more added tokens.
    func adding(_ tokens: [AddedToken]) -> Tokenizer {
        var added = added
        added.add(
            tokens, vocabulary: components.model.vocabulary, normalizer: components.normalizer)
        return Tokenizer(components, added: added)
    }

    /// The same pipeline with another post-processor.
    func with(postProcessor: any PostProcessor) -> Tokenizer {
        var components = components
        components.postProcessor = postProcessor
        return Tokenizer(components, added: added)
    }

    // MARK: Vocabulary

    /// The id of a token, added ones first.
    func id(of token: String) -> Int? {
        added.id(of: token) ?? components.model.vocabulary.id(of: token)
    }

    /// The token of an id, added ones first, in the form they are searched for.
    func token(_ id: Int) -> String? {
        added.text(id) ?? components.model.vocabulary.token(id)
    }

    /// The number of different tokens, added ones included.
    var count: Int {
        let vocabulary = components.model.vocabulary
        return vocabulary.count
            + added.entries.count { vocabulary.id(of: $0.token.content) == nil }
    }

    // MARK: Stages one to three

    /// Turns one text into tokens, without special tokens.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - word: The number of the only word, when the text is one of a list of words.
    ///   - sequence: Where the tokens go.
    func tokenize(_ text: String, asWord word: Int32? = nil, into sequence: inout TokenSequence) {
        let before = sequence.tokens.count
        var text = text
        text.withUTF8 { bytes in
            if added.raw.isEmpty {
                tokenizePart(NormalizedString(bytes), into: &sequence)
                return
            }
            var start = 0
            for part in added.raw.parts(of: bytes) {
                let slice = UnsafeBufferPointer(rebasing: bytes[part.range])
                if let id = part.id {
                    let end = start + slice.scalarCount
                    append(id, slice, Span(start, end), to: &sequence)
                } else {
                    tokenizePart(NormalizedString(slice, start: start), into: &sequence)
                }
                start += slice.scalarCount
            }
        }
        guard let word else { return }
        for index in before..<sequence.tokens.count { sequence.tokens[index].word = word }
    }

    private func tokenizePart(_ part: NormalizedString, into sequence: inout TokenSequence) {
        var part = part
        components.normalizer?.normalize(&part)
        if added.normalized.isEmpty { return tokenizeWords(part, into: &sequence) }
        let pieces = part.bytes.withUnsafeBufferPointer { added.normalized.parts(of: $0) }
        for piece in pieces {
            let slice = part.slice(piece.range)
            if let id = piece.id {
                let origin = part.origin(of: Span(piece.range.lowerBound, piece.range.upperBound))
                slice.bytes.withUnsafeBufferPointer { append(id, $0, origin, to: &sequence) }
            } else {
                tokenizeWords(slice, into: &sequence)
            }
        }
    }

    private func tokenizeWords(_ text: NormalizedString, into sequence: inout TokenSequence) {
        var words = PreTokenizedString(text)
        components.preTokenizer?.preTokenize(&words)
        components.model.tokenize(words, firstWord: sequence.words, into: &sequence.tokens)
        sequence.words += Int32(truncatingIfNeeded: words.pieces.count)
    }

    private func append(
        _ id: Int32, _ bytes: UnsafeBufferPointer<UInt8>, _ offsets: Span,
        to sequence: inout TokenSequence
    ) {
        var token = EncodedToken(id: id, offsets: offsets, word: sequence.words)
        if let content = added.text(Int(id)), !content.utf8.elementsEqual(bytes) {
            token.text = Int32(truncatingIfNeeded: sequence.texts.count)
            sequence.texts.append(UTF8Bytes.string(bytes))
        }
        sequence.tokens.append(token)
        sequence.words += 1
    }

    // MARK: Stage five

    /// The text of ids; ids without a token are left out.
    func decode(_ ids: [Int], skipsSpecialTokens: Bool) -> String {
        let tokens = ids.compactMap(token).filter { !skipsSpecialTokens || !added.isSpecial($0) }
        return join(tokens)
    }

    /// The text of tokens.
    func join(_ tokens: [String]) -> String {
        components.decoder?.decode(tokens).joined() ?? tokens.joined(separator: " ")
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// The number of scalars in valid UTF-8.
    fileprivate var scalarCount: Int { count { $0 & 0xC0 != 0x80 } }
}
