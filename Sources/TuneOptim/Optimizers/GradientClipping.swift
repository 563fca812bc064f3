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

extension Optimizer {
    /// Makes the next ``step()`` scale gradients so that their joint norm is at most `maxNorm`, as
    /// ``clipGradNorm(_:maxNorm:)`` but in fewer passes over memory: gradients may stay as they are
    /// until then.
    ///
    /// - Parameter maxNorm: The limit; nil or 0 for none.
    /// - Returns: The norm before clipping; zero without gradients.
    public func clipGradientsInStep(maxNorm: Double?) -> Double {
        let tensors = parameters.map(\.tensor)
        let limit = maxNorm.flatMap { $0 > 0 ? $0 : nil }
        gradientFactor = 1
        guard appliesGradientFactor, let norm = fusedGradientNorm(tensors.compactMap(\.grad)) else {
            return (limit.map { clipGradNorm(tensors, maxNorm: $0) } ?? gradientNorm(tensors))
                .item()
        }
        if let limit {
            let factor = limit / (norm + 1e-6)
            // Unlike a minimum, this lets a factor pass that is no number.
            gradientFactor = factor > 1 ? 1 : factor
        }
        return norm
    }
}
