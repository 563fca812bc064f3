import TuneBatching

/// The factor of each batch's mean loss in an update.
///
/// `mean` weighs batches by their number of labels, so that every example of the update counts the
/// same, also in a short last batch. `python` adds the means up.
func updateWeights(
    _ batches: [HostBatch], _ scaling: GradientAccumulationScaling
) -> [Double] {
    guard scaling == .mean, batches.count > 1 else { return batches.map { _ in 1 } }
    let counts = batches.map(\.labelCount)
    let total = counts.reduce(0, +)
    guard total > 0 else { return counts.map { _ in 1 / Double(counts.count) } }
    return counts.map { Double($0) / Double(total) }
}

extension HostBatch {
    /// The number of labels that enter the loss: those other than -100; rows where labels are not
    /// class numbers.
    fileprivate var labelCount: Int {
        guard case .int64(let labels)? = self["labels"]?.storage else { return rowCount }
        return labels.count { $0 != -100 }
    }

    /// The number of tokens without padding; 0 where there are none.
    var tokenCount: Int {
        guard case .int64(let mask)? = self["attention_mask"]?.storage else {
            return self["input_ids"]?.count ?? 0
        }
        return mask.count { $0 != 0 }
    }
}
