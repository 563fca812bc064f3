public import TuneTorch

/// `activation(dense(x))`: the first half of a feed-forward block.
///
/// - Parameters:
///   - x: `[…, inputs]`.
///   - dense: The map to the inner width F.
///   - activation: Applied to every element.
/// - Returns: `[…, F]`.
public func activatedLinear(_ x: Tensor, dense: Linear, activation: Activation) -> Tensor {
    guard usesFusedKernels(x, dense.weight), let form = activation.approximation else {
        return activation(dense(x))
    }
    return x.fusedLinearGELU(weight: dense.weight, bias: dense.bias, approximate: form)
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
