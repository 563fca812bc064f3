public import TuneBase

extension PreTrainedTokenizer {
    /// Fills up rows that were encoded earlier to a common length.
    ///
    /// Pads `input_ids`, `attention_mask`, `token_type_ids` and `special_tokens_mask`; other
    /// columns, such as labels, stay as they are. A missing attention mask is made when the model
    /// takes one. Rows that are longer than asked for stay as they are.
    ///
    /// - Parameters:
    ///   - features: The encoded rows.
    ///   - padding: The length to fill up to.
    ///   - maxLength: The length for ``PaddingStrategy/maxLength``; nil means ``modelMaxLength``.
    ///   - padToMultipleOf: What the length must be a multiple of.
    ///   - paddingSide: The side to fill up; nil means ``paddingSide``.
    /// - Returns: The columns in the same order.
    /// - Throws: `TuneError` when `input_ids` are missing or there is no padding token.
    public func pad(
        _ features: Columns, padding: PaddingStrategy = true, maxLength: Int? = nil,
        padToMultipleOf: Int? = nil, paddingSide: Side? = nil
    ) throws -> Columns {
        let main = modelInputNames[0]
        guard features[main] != nil else {
            throw TuneError(
                .badData,
                "Padding needs the column '\(main)', but there are only: \(features.names.joined(separator: ", ")).",
                remedy: "Encode the texts with the tokenizer first.")
        }
        let ids = try features.intLists(main)
        if ids.isEmpty { return features }
        let lengths = try resolve(
            padding: padding, truncation: .none, maxLength: maxLength,
            padToMultipleOf: padToMultipleOf)
        let needsMask = modelInputNames.contains("attention_mask")
        var result = features
        if needsMask, result["attention_mask"] == nil {
            result["attention_mask"] = .intLists(
                RaggedInts(ids.map { Array(repeating: 1, count: $0.count) }))
        }
        guard lengths.padding != .none, let padId = padTokenId else { return result }
        let longest = ids.map(\.count).max() ?? 0
        let target = lengths.padding == .maxLength ? lengths.maxLength ?? 0 : longest
        let filler = RowFiller(
            length: Padding.roundedUp(target, to: padToMultipleOf),
            side: paddingSide ?? self.paddingSide, rows: ids)
        var values = [main: padId, "token_type_ids": padTokenTypeId, "special_tokens_mask": 1]
        if needsMask { values["attention_mask"] = 0 }
        for (name, value) in values where result[name] != nil {
            result[name] = .intLists(try filler.fill(result.intLists(name), with: value, name))
        }
        return result
    }
}

/// Fills up the rows of one column as far as those of the main one need.
private struct RowFiller {
    let length: Int
    let side: Side
    let rows: RaggedInts

    func fill(_ column: RaggedInts, with value: Int, _ name: String) throws -> RaggedInts {
        guard column.count == rows.count else {
            throw TuneError(
                .badData, "The column '\(name)' has \(column.count) rows instead of \(rows.count).")
        }
        var result = RaggedInts()
        result.reserve(rows: rows.count, values: rows.count * length)
        for (row, main) in zip(column, rows) {
            let filler = Array(repeating: value, count: max(length - main.count, 0))
            result.append(side == .right ? Array(row) + filler : filler + Array(row))
        }
        return result
    }
}
