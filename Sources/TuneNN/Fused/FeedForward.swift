public import TuneTorch

/// `norm(dropout(outer(activation(inner(x)))) + x)`: the feed-forward block of an encoder layer.
///
/// - Parameters:
///   - x: `[…, W]`.
///   - inner: The map to the inner width F.
///   - activation: Applied to every element of it.
///   - outer: The map back to W.
///   - dropout: Applied to what `outer` gives.
///   - norm: Applied to the sum.
/// - Returns: `[…, W]`.
public func feedForward(
    _ x: Tensor, inner: Linear, activation: Activation, outer: Linear, dropout: Dropout,
    norm: LayerNorm
) -> Tensor {
    guard usesFusedKernels(x, inner.weight), let form = activation.approximation else {
        return residualNorm(
            activation(inner(x)), dense: outer, dropout: dropout, residual: x, norm: norm)
    }
    return x.fusedFeedForward(
        inner: inner.projection, outer: outer.projection, approximate: form,
        norm: norm.parameters, dropout: dropout.activeProbability)
}

extension Activation {
    /// Which form of GELU the function is, if it is one.
    fileprivate var approximation: GELUApproximation? {
        switch self {
        case .gelu: GELUApproximation.none
        case .geluNew, .geluTanh: .tanh
        case .relu, .silu, .swish, .tanh, .sigmoid: nil
        }
    }
}
