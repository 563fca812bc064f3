import TuneBase

/// What a call of a tokenizer asks for.
struct EncodingOptions: Sendable {
    var addSpecialTokens: Bool
    var padding: PaddingStrategy
    var truncation: TruncationStrategy
    var maxLength: Int?
    var stride: Int
    var padToMultipleOf: Int?
    var paddingSide: Side?
    var columns: ColumnChoice
}

/// Which columns a call returns.
struct ColumnChoice: Sendable {
    var tokenTypeIds: Bool?
    var attentionMask: Bool?
    var overflowingTokens: Bool
    var specialTokensMask: Bool
    var offsetsMapping: Bool
    var length: Bool
}

/// Padding and truncation after the rules that connect them.
struct ResolvedLengths: Sendable {
    var padding: PaddingStrategy
    var truncation: TruncationStrategy
    var maxLength: Int?
}

extension PreTrainedTokenizer {
    /// Applies the defaults of padding and truncation and refuses what does not go together.
    func resolve(
        padding: PaddingStrategy, truncation: TruncationStrategy, maxLength: Int?,
        padToMultipleOf: Int?
    ) throws -> ResolvedLengths {
        var result = ResolvedLengths(
            padding: padding, truncation: truncation, maxLength: maxLength)
        if truncation == .automatic {
            let isImplied = maxLength != nil && padding == .none
            result.truncation = isImplied ? .longestFirst : .none
        }
        if padding == .longest, maxLength != nil, result.truncation == .none {
            warnOnce(
                "maxLength",
                "maxLength is ignored when padding to the longest row without truncation; use padding: .maxLength to pad to it."
            )
        }
        if maxLength == nil {
            let limit = modelMaxLength == .max ? nil : modelMaxLength
            if padding == .maxLength {
                if limit == nil { result.padding = .none } else { result.maxLength = limit }
            }
            if result.truncation != .none {
                if limit == nil { result.truncation = .none } else { result.maxLength = limit }
            }
        }
        try check(result, padToMultipleOf)
        return result
    }

    private func check(_ lengths: ResolvedLengths, _ multiple: Int?) throws {
        if let multiple, multiple <= 0 {
            throw TuneError(
                .usage, "padToMultipleOf is \(multiple) where a positive number is needed.")
        }
        guard lengths.padding != .none else { return }
        guard padTokenId != nil else {
            throw TuneError(
                .badConfig, "Asking to pad but the tokenizer does not have a padding token.",
                remedy: "Set 'pad_token' in tokenizer_config.json.")
        }
        if lengths.truncation != .none, let multiple, let maxLength = lengths.maxLength,
            maxLength % multiple != 0
        {
            throw TuneError(
                .usage,
                "Truncation and padding are both on, but the length \(maxLength) is no multiple of \(multiple).",
                remedy: "Choose a maxLength that is a multiple of padToMultipleOf.")
        }
    }
}
