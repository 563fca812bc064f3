package import TuneBase

/// The fourth stage: puts special tokens around the sequences and sets token type ids.
package protocol PostProcessor: Sendable {
    /// How many tokens it adds.
    func addedTokenCount(isPair: Bool) -> Int
    /// Joins the sequences of one row.
    ///
    /// - Parameters:
    ///   - first: The tokens of the first sequence.
    ///   - second: Those of the second.
    ///   - addsSpecialTokens: Whether special tokens are wanted.
    /// - Returns: The row.
    func process(
        _ first: [EncodedToken], _ second: [EncodedToken]?, addsSpecialTokens: Bool
    ) -> [EncodedToken]
    /// The entry of `tokenizer.json`.
    var json: JSONValue { get }
}
