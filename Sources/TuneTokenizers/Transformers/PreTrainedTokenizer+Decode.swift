extension PreTrainedTokenizer {
    /// The text of ids; ids that the tokenizer does not have are left out.
    ///
    /// - Parameters:
    ///   - ids: The ids of one row.
    ///   - skipSpecialTokens: Whether special tokens are left out.
    ///   - cleanUpTokenizationSpaces: Whether spaces before punctuation go; nil asks
    ///     `tokenizer_config.json`, whose default is no. BERT's decoder does so token by token
    ///     anyway.
    /// - Returns: The text.
    public func decode(
        _ ids: [Int], skipSpecialTokens: Bool = false, cleanUpTokenizationSpaces: Bool? = nil
    ) -> String {
        let text = tokenizer.decode(ids, skipsSpecialTokens: skipSpecialTokens)
        guard cleanUpTokenizationSpaces ?? cleansUpSpaces else { return text }
        return UTF8Bytes.string(Self.cleanUp.apply(to: Array(text.utf8)))
    }

    /// The texts of several rows of ids.
    public func batchDecode(
        _ rows: some Sequence<some Sequence<Int>>, skipSpecialTokens: Bool = false,
        cleanUpTokenizationSpaces: Bool? = nil
    ) -> [String] {
        rows.map {
            decode(
                Array($0), skipSpecialTokens: skipSpecialTokens,
                cleanUpTokenizationSpaces: cleanUpTokenizationSpaces)
        }
    }

    /// The text of tokens.
    public func convertTokensToString(_ tokens: [String]) -> String { tokenizer.join(tokens) }

    private static let cleanUp = TextReplacements([
        (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"), (" n't", "n't"),
        (" 'm", "'m"), (" 's", "'s"), (" 've", "'ve"), (" 're", "'re"),
    ])
}
