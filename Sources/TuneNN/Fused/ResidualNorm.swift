public import TuneTorch

/// `norm(dropout(dense(x)) + residual)`: how both blocks of an encoder layer end.
///
/// - Parameters:
///   - x: `[…, inputs]`.
///   - dense: The map to the width W.
///   - dropout: Applied to what `dense` gives.
///   - residual: The block's input, `[…, W]`.
///   - norm: Applied to the sum.
/// - Returns: `[…, W]`.
public func residualNorm(
    _ x: Tensor, dense: Linear, dropout: Dropout, residual: Tensor, norm: LayerNorm
) -> Tensor {
    guard usesFusedKernels(x, dense.weight) else {
        return norm(dropout(dense(x)) + residual)
    }
    return x.fusedResidualNorm(
        weight: dense.weight, bias: dense.bias, residual: residual, norm: norm.parameters,
        dropout: dropout.activeProbability)
}

extension LayerNorm {
    var parameters: NormParameters { NormParameters(weight: weight, bias: bias, epsilon: epsilon) }
}
