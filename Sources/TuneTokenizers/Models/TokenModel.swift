package import TuneBase

/// The third stage: turns the words of a text into tokens of the vocabulary.
package protocol TokenModel: Sendable {
    /// The tokens it knows.
    var vocabulary: Vocabulary { get }
    /// Appends the tokens of every piece of `text`.
    ///
    /// - Parameters:
    ///   - text: The pre-tokenized text.
    ///   - firstWord: The word number of the first piece.
    ///   - tokens: Where the tokens go.
    func tokenize(
        _ text: PreTokenizedString, firstWord: Int32, into tokens: inout [EncodedToken])
    /// The entry of `tokenizer.json`.
    var json: JSONValue { get }
}
