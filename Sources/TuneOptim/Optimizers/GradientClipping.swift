public import TuneTorch

/// Scales all gradients so that their joint L2 norm is at most `maxNorm`, as PyTorch's
/// `clip_grad_norm_`.
///
/// The factor is `maxNorm / (norm + 1e-6)`, at most 1, and is always applied.
///
/// - Returns: The norm before clipping, a scalar; zero without gradients.
@discardableResult
public func clipGradNorm(_ parameters: [Tensor], maxNorm: Double) -> Tensor {
    withoutGradients {
        let gradients = parameters.compactMap(\.grad)
        guard !gradients.isEmpty else { return Tensor(scalar: 0) }
        let norm = globalNorm(gradients)
        let factor = (Tensor(scalar: maxNorm, device: norm.device) / (norm + 1e-6)).clamp(max: 1)
        scaleInPlace(gradients, by: factor)
        return norm
    }
}

/// The joint L2 norm of all gradients without changing them.
public func gradientNorm(_ parameters: [Tensor]) -> Tensor {
    let gradients = parameters.compactMap(\.grad)
    guard !gradients.isEmpty else { return Tensor(scalar: 0) }
    return withoutGradients { globalNorm(gradients) }
}
