public import TuneTorch

/// An affine map `y = x Wᵀ + b` over the last dimension.
public final class Linear: Module {
    /// Shape `[outputs, inputs]`.
    public let weight: Tensor
    /// Shape `[outputs]`.
    public let bias: Tensor?

    /// Creates the layer with memory for its parameters but without values.
    ///
    /// Fill them from a checkpoint, or with ``resetParameters()``.
    public init(_ inputs: Int, _ outputs: Int, bias: Bool = true) {
        weight = .parameter([outputs, inputs])
        self.bias = bias ? .parameter([outputs]) : nil
    }

    /// Maps `[…, inputs]` to `[…, outputs]`.
    public func callAsFunction(_ x: Tensor) -> Tensor {
        usesFusedKernels(x, weight)
            ? x.fusedLinear(weight: weight, bias: bias) : x.linear(weight: weight, bias: bias)
    }

    /// Uniform in ±1/√inputs for weight and bias, as `nn.Linear` (He et al., 2015, with a = √5).
    public override func resetParameters() {
        let bound = 1 / Double(weight.shape[1]).squareRoot()
        weight.uniform_(from: -bound, to: bound)
        bias?.uniform_(from: -bound, to: bound)
    }

    /// Weight normal with deviation `range`, bias zero.
    public override func initializeWeights(range: Double, keeping kept: (Tensor) -> Bool) {
        if !kept(weight) { weight.normal_(mean: 0, std: range) }
        if let bias, !kept(bias) { bias.zero_() }
    }
}

extension Tensor {
    /// Memory for a learnable parameter, without values.
    public static func parameter(_ shape: [Int]) -> Tensor {
        let tensor = Tensor.empty(shape)
        tensor.requiresGrad = true
        return tensor
    }
}
