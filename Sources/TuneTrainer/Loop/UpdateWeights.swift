import TuneTorch

/// The factor of each batch's mean loss in an update.
///
/// `mean` weighs batches by their number of labels, so that every example of the update counts the
/// same, also in a short last batch. `python` adds the means up.
func updateWeights(
    _ batches: [TensorBatch], _ scaling: GradientAccumulationScaling
) -> [Double] {
    guard scaling == .mean, batches.count > 1 else { return batches.map { _ in 1 } }
    let counts = batches.map { labelCount($0) }
    let total = counts.reduce(0, +)
    guard total > 0 else { return counts.map { _ in 1 / Double(counts.count) } }
    return counts.map { Double($0) / Double(total) }
}

/// The number of labels that enter the loss: those other than -100; rows where labels are not
/// class numbers.
private func labelCount(_ batch: TensorBatch) -> Int {
    guard let labels = batch["labels"] else { return batch.values.first?.shape.first ?? 0 }
    guard labels.dtype == .int64 else { return labels.shape.first ?? 1 }
    return labels.ne(-100).sum().itemInt()
}
