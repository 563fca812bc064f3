import CTuneTorch

/// How the losses of the elements become one.
public enum Reduction: Int32, Sendable {
    /// They do not.
    case none = 0
    /// Their mean.
    case mean = 1
    /// Their sum.
    case sum = 2
}

extension Tensor {
    /// The cross-entropy of logits against classes.
    ///
    /// - Parameters:
    ///   - target: `[rows]` class numbers, or `[rows, classes]` probabilities, for logits of shape
    ///     `[rows, classes]`.
    ///   - ignoreIndex: A class number whose rows do not count.
    ///   - labelSmoothing: The share of the target that is spread over all classes.
    ///   - reduction: How the rows' losses become one.
    /// - Returns: The loss, a tensor without axes unless the reduction is `.none`.
    public func crossEntropy(
        target: Tensor, ignoreIndex: Int = -100, labelSmoothing: Double = 0,
        reduction: Reduction = .mean
    ) -> Tensor {
        .make("crossEntropy", [self, target]) {
            tt_cross_entropy(
                raw, target.raw, reduction.rawValue, Int64(ignoreIndex), labelSmoothing, $0)
        }
    }

    /// The squared differences to `target`.
    public func mse(target: Tensor, reduction: Reduction = .mean) -> Tensor {
        .make("mse", [self, target]) { tt_mse(raw, target.raw, reduction.rawValue, $0) }
    }

    /// The binary cross-entropy of logits against probabilities of the same shape.
    public func bceWithLogits(target: Tensor, reduction: Reduction = .mean) -> Tensor {
        .make("bceWithLogits", [self, target]) {
            tt_bce_with_logits(raw, target.raw, reduction.rawValue, $0)
        }
    }
}
