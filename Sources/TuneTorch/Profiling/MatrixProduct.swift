import CTuneTorch

/// One of the matrix products of a linear layer, to be measured.
public struct MatrixProduct: Sendable, Equatable {
    /// Which of the three.
    public enum Kind: Int32, Sendable, CaseIterable {
        /// `y = x wᵀ`.
        case forward
        /// `dx = dy w`.
        case inputGradient
        /// `dw = dyᵀ x`.
        case weightGradient
    }

    /// Who computes it.
    public enum Path: Int32, Sendable, CaseIterable {
        /// The products of the fused layers; in bfloat16 with the conversion of the activations.
        case fused
        /// The library that libtorch chooses for its linear layer.
        case libtorch
        /// oneDNN, as libtorch carries it, on operands that lie as it likes them.
        case oneDNN
    }

    /// Which of the three.
    public let kind: Kind
    /// The number of tokens.
    public let rows: Int
    /// The inputs of the layer.
    public let inputs: Int
    /// The outputs of the layer.
    public let outputs: Int
    /// Whether operands are bfloat16, else float32.
    public let isBFloat16: Bool

    /// Creates a description.
    public init(_ kind: Kind, rows: Int, inputs: Int, outputs: Int, isBFloat16: Bool = false) {
        (self.kind, self.rows, self.inputs) = (kind, rows, inputs)
        (self.outputs, self.isBFloat16) = (outputs, isBFloat16)
    }

    /// The number of multiplications and additions.
    public var operations: Double { 2 * Double(rows) * Double(inputs) * Double(outputs) }

    /// The shortest time of several runs on random operands.
    ///
    /// - Parameters:
    ///   - path: Who computes.
    ///   - budget: How long the runs take together, in seconds.
    /// - Returns: Seconds, or nil where this libtorch lacks the library.
    /// - Throws: ``TorchError`` for empty matrices.
    public func shortestTime(by path: Path, budget: Double = 0.2) throws -> Double? {
        let shape = tt_gemm_shape(
            rows: Int64(rows), inputs: Int64(inputs), outputs: Int64(outputs),
            is_bfloat16: isBFloat16)
        var seconds = 0.0
        try check(
            "MatrixProduct",
            tt_gemm_seconds(shape, kind.rawValue, path.rawValue, budget, &seconds))
        return seconds.isFinite ? seconds : nil
    }
}
