public import TuneTorch

/// The losses of the rows of a batch.
public struct RowLosses {
    /// The loss of each row, `[rows]`.
    public let values: Tensor
    /// How much each row counts in the mean over a batch, `[rows]`: 0 where the label is ignored.
    public let weights: Tensor

    /// Pairs losses with weights.
    public init(values: Tensor, weights: Tensor) {
        (self.values, self.weights) = (values, weights)
    }
}

/// A model whose scores for a row do not depend, in evaluation mode, on the other rows of its
/// batch or on padding; so an evaluation may group rows as it likes.
public protocol RowwiseModel: TrainableModel {
    /// The losses of single rows, whose weighted mean over a batch is the loss that
    /// ``TrainableModel/forward(_:)`` returns for it.
    ///
    /// - Parameters:
    ///   - logits: The scores that `forward` returned for a batch with labels.
    ///   - labels: The batch's `labels`.
    /// - Returns: A loss and a weight for each row.
    /// - Throws: `TuneError` when labels do not fit.
    func rowLosses(logits: Tensor, labels: Tensor) throws -> RowLosses
}
