import TuneBase
public import TuneNN
public import TuneTorch

/// The cross-entropy with a share of the target spread evenly over all classes, as Python's class
/// of that name.
///
/// With the share ε it is `(1 - ε) · nll + ε · even`, where `nll` is the mean of `-log p` of the
/// labels and `even` the mean of `-log p` over labels and classes. ``Trainer`` uses it where
/// `labelSmoothingFactor` is not 0, and keeps the labels from the model then.
public struct LabelSmoother: Sendable, Equatable {
    /// The share ε.
    public var epsilon: Double
    /// Labels of this value do not count.
    public var ignoreIndex: Int

    /// Creates a smoother.
    public init(epsilon: Double = 0.1, ignoreIndex: Int = -100) {
        (self.epsilon, self.ignoreIndex) = (epsilon, ignoreIndex)
    }

    /// Computes the smoothed loss of a batch.
    ///
    /// - Parameters:
    ///   - output: What the model returned; its logits are `[…, classes]`.
    ///   - labels: The labels, `[…]` integers.
    ///   - shiftLabels: Whether a position predicts the label of the next one.
    ///   - numItemsInBatch: The number by which sums are divided, where a loss is part of a larger
    ///     batch; nil takes the labels that count.
    /// - Returns: The loss, a scalar.
    /// - Throws: `TuneError` when the labels are not one class for each row of scores.
    public func callAsFunction(
        _ output: ModelOutput, labels: Tensor, shiftLabels: Bool = false,
        numItemsInBatch: Int? = nil
    ) throws -> Tensor {
        let terms =
            shiftLabels
            ? try terms(
                output.logits.narrow(dim: -2, start: 0, length: output.logits.size(-2) - 1),
                labels.narrow(dim: -1, start: 1, length: labels.size(-1) - 1))
            : try terms(output.logits, labels)
        let count = numItemsInBatch ?? (terms.ignored.count - terms.ignored.sum().itemInt())
        return joined(
            label: terms.label.sum() / Double(count),
            even: terms.even.sum() / Double(count * output.logits.size(-1)))
    }

    /// Computes the smoothed losses of single rows, whose weighted mean is the loss of their batch.
    ///
    /// - Parameters:
    ///   - logits: `[rows, classes]`.
    ///   - labels: `[rows]`.
    /// - Returns: A loss and a weight for each row.
    /// - Throws: `TuneError` as for a batch.
    func rowLosses(logits: Tensor, labels: Tensor) throws -> RowLosses {
        let terms = try terms(logits, labels)
        let losses = joined(label: terms.label, even: terms.even / Double(logits.size(-1)))
        return RowLosses(
            values: losses.reshape([-1]),
            weights: terms.ignored.logicalNot().to(.float32).reshape([-1]))
    }

    private func joined(label: Tensor, even: Tensor) -> Tensor {
        label * (1 - epsilon) + even * epsilon
    }

    /// For each label, `-log p` of it and of all classes together; 0 where it is ignored.
    private func terms(
        _ logits: Tensor, _ labels: Tensor
    ) throws -> (label: Tensor, even: Tensor, ignored: Tensor) {
        let isClass = [.int64, .int32].contains(labels.dtype)
        guard isClass, labels.count * logits.size(-1) == logits.count else {
            throw TuneError(
                .badData,
                "Label smoothing needs one class for each row of scores; the labels have shape \(labels.shape) and type \(labels.dtype), the scores \(logits.shape).",
                remedy: "Set labelSmoothingFactor to 0, or give one integer label for each row.")
        }
        let surprise = -logits.logSoftmax(dim: -1)
        let targets = labels.reshape(Array(logits.shape.dropLast()) + [1])
        let ignored = targets.eq(Double(ignoreIndex))
        let chosen = surprise.gather(
            dim: -1, index: targets.maskedFill(mask: ignored, value: 0).to(.int64))
        let all = surprise.to(.float32).sum(dims: [-1], keepDim: true)
        return (
            chosen.maskedFill(mask: ignored, value: 0), all.maskedFill(mask: ignored, value: 0),
            ignored
        )
    }
}
