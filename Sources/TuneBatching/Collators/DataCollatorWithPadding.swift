public import TuneBase
public import TuneTokenizers

/// Pads the token lists of a batch to a common length and stacks them.
///
/// With the default settings every batch is as long as its longest row, which costs less than
/// padding the whole dataset to one length. `label` and `label_ids` become `labels`.
public struct DataCollatorWithPadding: DataCollator {
    /// The tokenizer, which knows the padding token and side.
    public let tokenizer: PreTrainedTokenizer
    /// To which length rows are padded.
    public var padding: PaddingStrategy
    /// The length for `padding: .maxLength`.
    public var maxLength: Int?
    /// Rounds the length up to a multiple, which suits some accelerators.
    public var padToMultipleOf: Int?

    /// Creates the collator.
    public init(
        _ tokenizer: PreTrainedTokenizer, padding: PaddingStrategy = true, maxLength: Int? = nil,
        padToMultipleOf: Int? = nil
    ) {
        self.tokenizer = tokenizer
        self.padding = padding
        self.maxLength = maxLength
        self.padToMultipleOf = padToMultipleOf
    }

    /// Creates the collator.
    public init(
        tokenizer: PreTrainedTokenizer, padding: PaddingStrategy = true, maxLength: Int? = nil,
        padToMultipleOf: Int? = nil
    ) {
        self.init(
            tokenizer, padding: padding, maxLength: maxLength, padToMultipleOf: padToMultipleOf)
    }

    /// Batches hold nothing but their rows.
    public var isRowwise: Bool { true }

    /// Pads `features` and stacks them.
    ///
    /// - Throws: `TuneError` when a column, such as the raw text, cannot become a tensor.
    public func callAsFunction(_ features: Columns) throws -> HostBatch {
        let plan = try tokenizer.paddingPlan(
            features, padding: padding, maxLength: maxLength, padToMultipleOf: padToMultipleOf)
        var columns = features
        if let plan, plan.makesAttentionMask {
            columns["attention_mask"] = .intLists(plan.attentionMask)
        }
        columns = columns.renamingLabels()
        var batch = HostBatch()
        for name in columns.names {
            let column = try columns.column(name)
            if let plan, plan.length != nil, let filler = plan.fillers[name] {
                let rows = try columns.intLists(name)
                batch[name] = try HostTensor(padding: rows, plan, with: filler, named: name)
            } else {
                batch[name] = try HostTensor(column, named: name)
            }
        }
        return batch
    }
}
