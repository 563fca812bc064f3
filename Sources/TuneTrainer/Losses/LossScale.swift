package import TuneBatching
import TuneNN
import TuneTorch

/// What the loss of a batch has to know of the update that it is part of.
public struct LossScale: Sendable, Equatable {
    /// The labels of all batches of the update, without ignored ones; nil when there are none.
    public let numItemsInBatch: Int?
    /// The factor of the batch's loss in the update.
    public let weight: Double

    /// A loss that stands for itself, or the given share of an update.
    public init(numItemsInBatch: Int? = nil, weight: Double = 1) {
        (self.numItemsInBatch, self.weight) = (numItemsInBatch, weight)
    }
}

/// The rule by which the losses of an update's batches become one.
package struct LossScaling {
    let scaling: GradientAccumulationScaling
    /// Whether losses are divided by the labels of the update already; nil leaves it to `scaling`.
    let isNormalized: Bool?
    /// Whether the first label of each row does not count.
    let shiftsLabels: Bool

    package init(
        _ scaling: GradientAccumulationScaling, isNormalized: Bool? = nil,
        shiftsLabels: Bool = false
    ) {
        (self.scaling, self.isNormalized) = (scaling, isNormalized)
        self.shiftsLabels = shiftsLabels
    }

    /// The scale of each batch of an update.
    ///
    /// Losses that are normalised, which add up, count once. Of mean losses, `mean` weighs each by
    /// its number of labels, so that every example of the update counts the same, also in a short
    /// last batch; `python` adds them up, or takes their mean where they are said not to be
    /// normalised, or nobody can count labels.
    package func scales(of batches: [HostBatch]) -> [LossScale] {
        let labels = batches.map { labelCount(in: $0) }
        let total = labels.contains(nil) ? nil : labels.compactMap(\.self).reduce(0, +)
        return weights(of: batches, hasLabels: total != nil)
            .map { LossScale(numItemsInBatch: total, weight: $0) }
    }

    /// The scales of a batch that is computed in parts.
    package func scales(of parts: [HostBatch], ofBatch scale: LossScale) -> [LossScale] {
        guard parts.count > 1, isNormalized != true else { return parts.map { _ in scale } }
        return shares(of: parts).map {
            LossScale(numItemsInBatch: scale.numItemsInBatch, weight: scale.weight * $0)
        }
    }

    private func weights(of batches: [HostBatch], hasLabels: Bool) -> [Double] {
        if isNormalized == true || batches.count < 2 { return batches.map { _ in 1 } }
        if scaling == .mean { return shares(of: batches) }
        let isMean = isNormalized == false || !hasLabels
        return batches.map { _ in isMean ? 1 / Double(batches.count) : 1 }
    }

    /// The part that each batch has in the examples of all.
    private func shares(of batches: [HostBatch]) -> [Double] {
        let counts = batches.map { exampleCount(in: $0) }
        let total = counts.reduce(0, +)
        guard total > 0 else { return counts.map { _ in 1 / Double(counts.count) } }
        return counts.map { Double($0) / Double(total) }
    }

    /// The number of labels other than -100; nil without labels.
    package func labelCount(in batch: HostBatch) -> Int? {
        if let labels = batch["shift_labels"] { return labels.labelCount(droppingFirst: false) }
        return batch["labels"]?.labelCount(droppingFirst: shiftsLabels)
    }

    /// The number of examples over which a mean loss is taken: labels that are classes, or rows.
    private func exampleCount(in batch: HostBatch) -> Int {
        guard case .int64? = batch["labels"]?.storage else { return batch.rowCount }
        return labelCount(in: batch) ?? batch.rowCount
    }
}

extension HostTensor {
    fileprivate func labelCount(droppingFirst: Bool) -> Int {
        let width = max(shape.last ?? 1, 1)
        func counts(_ position: Int) -> Bool { !droppingFirst || position % width > 0 }
        switch storage {
        case .int64(let labels):
            return labels.enumerated().count { $0.element != -100 && counts($0.offset) }
        case .float32(let labels):
            return labels.enumerated().count { $0.element != -100 && counts($0.offset) }
        }
    }
}
