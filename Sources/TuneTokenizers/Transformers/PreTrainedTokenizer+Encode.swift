import TuneBase

extension PreTrainedTokenizer {
    /// Encodes a text or a pair of texts, or a batch of either.
    ///
    /// A batch uses all cores, unless the environment sets `TOKENIZERS_PARALLELISM` to false.
    ///
    /// - Parameters:
    ///   - text: The text, or the texts of a batch.
    ///   - textPair: The second text, or one for each text of a batch; a single empty one counts
    ///     as none.
    ///   - addSpecialTokens: Whether the model's special tokens are put around the texts.
    ///   - padding: Whether the row is filled up.
    ///   - truncation: Which text gives way when the row is too long.
    ///   - maxLength: The length for padding and truncation; nil means ``modelMaxLength``.
    ///   - stride: How many tokens the windows of overflowing tokens share.
    ///   - padToMultipleOf: What the padded length must be a multiple of.
    ///   - paddingSide: The side to fill up; nil means ``paddingSide``.
    ///   - returnTokenTypeIds: Whether to return `token_type_ids`; nil asks the model's inputs.
    ///   - returnAttentionMask: Whether to return `attention_mask`; nil asks the model's inputs.
    ///   - returnOverflowingTokens: Whether what truncation removes comes as further rows.
    ///   - returnSpecialTokensMask: Whether to return `special_tokens_mask`.
    ///   - returnOffsetsMapping: Whether to return `offset_mapping`, in Unicode scalars.
    ///   - returnLength: Whether to return `length`.
    /// - Returns: The row of a text; rows for a batch, and when overflowing tokens are returned.
    /// - Throws: `TuneError` for settings that do not go together, and when there are not as many
    ///   second texts as first ones.
    public func callAsFunction<Input: TextInput>(
        _ text: Input, _ textPair: Input? = nil, addSpecialTokens: Bool = true,
        padding: PaddingStrategy = false, truncation: TruncationStrategy = .automatic,
        maxLength: Int? = nil, stride: Int = 0, padToMultipleOf: Int? = nil,
        paddingSide: Side? = nil, returnTokenTypeIds: Bool? = nil,
        returnAttentionMask: Bool? = nil, returnOverflowingTokens: Bool = false,
        returnSpecialTokensMask: Bool = false, returnOffsetsMapping: Bool = false,
        returnLength: Bool = false
    ) throws -> BatchEncoding {
        let options = EncodingOptions(
            addSpecialTokens: addSpecialTokens, padding: padding, truncation: truncation,
            maxLength: maxLength, stride: stride, padToMultipleOf: padToMultipleOf,
            paddingSide: paddingSide,
            columns: ColumnChoice(
                tokenTypeIds: returnTokenTypeIds, attentionMask: returnAttentionMask,
                overflowingTokens: returnOverflowingTokens,
                specialTokensMask: returnSpecialTokensMask, offsetsMapping: returnOffsetsMapping,
                length: returnLength))
        let pair = textPair.flatMap { !Input.isBatch && $0.texts == [""] ? nil : $0.texts }
        return try encode(
            text.texts.map(RowEncoder.Input.text), pair?.map(RowEncoder.Input.text), options,
            isBatch: Input.isBatch || returnOverflowingTokens)
    }

    /// Encodes a batch of texts that are cut into words already, such as for tagging.
    ///
    /// Word ids are positions in `words`, and offsets are relative to the word.
    ///
    /// - Parameters:
    ///   - words: The words of each text.
    ///   - addSpecialTokens: Whether the model's special tokens are put around the texts.
    ///   - padding: Which rows are filled up.
    ///   - truncation: Whether rows that are too long are shortened.
    ///   - maxLength: The length for padding and truncation; nil means ``modelMaxLength``.
    ///   - padToMultipleOf: What the padded length must be a multiple of.
    /// - Returns: The rows.
    /// - Throws: `TuneError` for settings that do not go together.
    public func callAsFunction(
        words: [[String]], addSpecialTokens: Bool = true, padding: PaddingStrategy = false,
        truncation: TruncationStrategy = .automatic, maxLength: Int? = nil,
        padToMultipleOf: Int? = nil
    ) throws -> BatchEncoding {
        let options = EncodingOptions(
            addSpecialTokens: addSpecialTokens, padding: padding, truncation: truncation,
            maxLength: maxLength, stride: 0, padToMultipleOf: padToMultipleOf, paddingSide: nil,
            columns: ColumnChoice(
                tokenTypeIds: nil, attentionMask: nil, overflowingTokens: false,
                specialTokensMask: false, offsetsMapping: false, length: false))
        return try encode(words.map(RowEncoder.Input.words), nil, options, isBatch: true)
    }

    /// The tokens of a text, without special tokens.
    public func tokenize(_ text: String, _ textPair: String? = nil) throws -> [String] {
        let encoder = RowEncoder(tokenizer: tokenizer, addsSpecialTokens: false)
        let pair = textPair.flatMap { $0.isEmpty ? nil : RowEncoder.Input.text($0) }
        return try encoder.encode(.text(text), pair).tokens
    }

    private func encode(
        _ first: [RowEncoder.Input], _ second: [RowEncoder.Input]?, _ options: EncodingOptions,
        isBatch: Bool
    ) throws -> BatchEncoding {
        if let second, second.count != first.count {
            throw TuneError(
                .usage,
                "There are \(first.count) texts but \(second.count) second texts.",
                remedy: "Pass one second text for each text.")
        }
        let lengths = try resolve(
            padding: options.padding, truncation: options.truncation,
            maxLength: options.maxLength, padToMultipleOf: options.padToMultipleOf)
        var encoder = RowEncoder(tokenizer: tokenizer, addsSpecialTokens: options.addSpecialTokens)
        encoder.keepsOverflow = options.columns.overflowingTokens
        if lengths.truncation != .none, let maxLength = lengths.maxLength {
            let truncation = Truncation(
                strategy: lengths.truncation, maxLength: maxLength, stride: options.stride,
                side: truncationSide)
            try truncation.validate(specialTokens: numSpecialTokensToAdd())
            encoder.truncation = truncation
        }
        let rowEncoder = encoder
        var rows = try parallelMap(first.count) { try rowEncoder.encode(first[$0], second?[$0]) }
        pad(&rows, lengths, options)
        let samples = rows.enumerated().flatMap {
            Array(repeating: $0, count: $1.overflowing.count + 1)
        }
        let all = options.columns.overflowingTokens ? rows.flatMap { [$0] + $0.overflowing } : rows
        warnIfTooLong(all, maxLength: lengths.maxLength)
        return BatchEncoding(
            all, columns: columns(all, samples, options.columns), isBatch: isBatch)
    }

    private func pad(
        _ rows: inout [Encoding], _ lengths: ResolvedLengths, _ options: EncodingOptions
    ) {
        guard lengths.padding != .none, let id = padTokenId else { return }
        let length =
            lengths.padding == .maxLength
            ? lengths.maxLength ?? 0 : rows.map(\.count).max() ?? 0
        let padding = Padding(
            length: Padding.roundedUp(length, to: options.padToMultipleOf),
            side: options.paddingSide ?? paddingSide, id: id, type: padTokenTypeId)
        for index in rows.indices { padding.apply(to: &rows[index]) }
    }

    private func columns(
        _ rows: [Encoding], _ samples: [Int], _ choice: ColumnChoice
    ) -> Columns {
        var columns = Columns()
        func add(_ name: String, _ value: (EncodedToken) -> Int) {
            var lists = RaggedInts()
            lists.reserve(rows: rows.count, values: rows.reduce(0) { $0 + $1.count })
            for row in rows { lists.append(row.entries.map(value)) }
            columns[name] = .intLists(lists)
        }
        add("input_ids") { Int($0.id) }
        if choice.tokenTypeIds ?? modelInputNames.contains("token_type_ids") {
            add("token_type_ids") { Int($0.type) }
        }
        if choice.attentionMask ?? modelInputNames.contains("attention_mask") {
            add("attention_mask") { $0.isAttended ? 1 : 0 }
        }
        if choice.specialTokensMask { add("special_tokens_mask") { $0.isSpecial ? 1 : 0 } }
        if choice.offsetsMapping {
            columns["offset_mapping"] = .values(
                rows.map { row in
                    .list(
                        row.entries.map {
                            .list([.int(Int($0.offsets.start)), .int(Int($0.offsets.end))])
                        })
                })
        }
        if choice.length { columns["length"] = .ints(rows.map(\.count)) }
        if choice.overflowingTokens { columns["overflow_to_sample_mapping"] = .ints(samples) }
        return columns
    }
}
