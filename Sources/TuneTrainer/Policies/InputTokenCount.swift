package import TuneBatching

/// Counts the input tokens of batches for `includeNumInputTokensSeen`.
package struct InputTokenCount: Sendable {
    let counting: TokenCounting
    /// The id of the padding token, which tells padding where a batch has no attention mask.
    let paddingID: Int?

    package init(_ counting: TokenCounting, paddingID: Int? = nil) {
        (self.counting, self.paddingID) = (counting, paddingID)
    }

    /// Whether anything is counted.
    package var isActive: Bool { counting != .no }

    /// The tokens of a batch; without attention mask and padding token, padding counts too.
    package func callAsFunction(_ batch: HostBatch) -> Int {
        guard isActive, let ids = batch["input_ids"] else { return 0 }
        guard counting == .nonPadding else { return ids.count }
        if let mask = batch["attention_mask"]?.ints { return mask.reduce(0, +) }
        guard let paddingID, let ids = ids.ints else { return ids.count }
        return ids.count { $0 != paddingID }
    }
}
