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
        let plan = try paddingPlan(
            features, padding: padding, maxLength: maxLength, padToMultipleOf: padToMultipleOf,
            paddingSide: paddingSide)
        guard let plan else { return features }
        var result = features
        if plan.makesAttentionMask { result["attention_mask"] = .intLists(plan.attentionMask) }
        guard plan.length != nil else { return result }
        for name in result.names {
            guard let filler = plan.fillers[name] else { continue }
            result[name] = .intLists(try plan.fill(result.intLists(name), with: filler, name))
        }
        return result
    }

    /// How rows that were encoded earlier are filled up; see ``pad(_:padding:maxLength:padToMultipleOf:paddingSide:)``.
    ///
    /// - Returns: The plan, or nil when there are no rows.
    /// - Throws: `TuneError` when `input_ids` are missing or there is no padding token.
    package func paddingPlan(
        _ features: Columns, padding: PaddingStrategy, maxLength: Int?, padToMultipleOf: Int?,
        paddingSide: Side? = nil
    ) throws -> PaddingPlan? {
        let main = modelInputNames[0]
        guard features[main] != nil else {
            throw TuneError(
                .badData,
                "Padding needs the column '\(main)', but there are only: \(features.names.joined(separator: ", ")).",
                remedy: "Encode the texts with the tokenizer first.")
        }
        let ids = try features.intLists(main)
        if ids.isEmpty { return nil }
        let lengths = try resolve(
            padding: padding, truncation: .none, maxLength: maxLength,
            padToMultipleOf: padToMultipleOf)
        let needsMask = modelInputNames.contains("attention_mask")
        var plan = PaddingPlan(
            rows: ids, side: paddingSide ?? self.paddingSide,
            makesAttentionMask: needsMask && features["attention_mask"] == nil)
        guard lengths.padding != .none, let padId = padTokenId else { return plan }
        let target =
            lengths.padding == .maxLength ? lengths.maxLength ?? 0 : ids.map(\.count).max() ?? 0
        plan.length = Padding.roundedUp(target, to: padToMultipleOf)
        plan.fillers = [main: padId, "token_type_ids": padTokenTypeId, "special_tokens_mask": 1]
        if needsMask { plan.fillers["attention_mask"] = 0 }
        return plan
    }
}
