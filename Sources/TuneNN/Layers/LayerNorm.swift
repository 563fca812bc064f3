public import TuneTorch

/// Layer normalisation over the last dimension (Ba et al., 2016).
public final class LayerNorm: Module {
    /// Shape `[width]`.
    public let weight: Tensor
    /// Shape `[width]`.
    public let bias: Tensor
    /// Added to the variance.
    public let epsilon: Double

    /// Creates the layer as the identity scale and shift.
    public init(_ width: Int, epsilon: Double = 1e-5) {
        weight = .parameter([width])
        bias = .parameter([width])
        self.epsilon = epsilon
        super.init()
        withoutGradients { resetParameters() }
    }

    /// Normalises each vector of `[…, width]`.
    public func callAsFunction(_ x: Tensor) -> Tensor {
        x.layerNorm(shape: weight.shape, weight: weight, bias: bias, eps: epsilon)
    }

    /// Weight one, bias zero.
    public override func resetParameters() {
        weight.fill_(1)
        bias.zero_()
    }

    /// Weight one, bias zero.
    public override func initializeWeights(range: Double, keeping kept: (Tensor) -> Bool) {
        if !kept(weight) { weight.fill_(1) }
        if !kept(bias) { bias.zero_() }
    }
}
