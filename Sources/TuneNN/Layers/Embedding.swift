public import TuneTorch

/// A table that maps integer ids to vectors.
public final class Embedding: Module {
    /// Shape `[entries, width]`.
    public let weight: Tensor
    /// The id whose vector is zero at the start and never learns.
    public let paddingIndex: Int?
    /// The strength of the noise that training adds to the vectors, Python's
    /// `neftune_noise_alpha`; nil for none.
    public var noiseStrength: Double?

    /// Creates the table with memory for its entries but without values.
    public init(_ entries: Int, _ width: Int, paddingIndex: Int? = nil) {
        weight = .parameter([entries, width])
        self.paddingIndex = paddingIndex
    }

    /// Maps ids of any shape `[…]` to `[…, width]`.
    ///
    /// - Parameters:
    ///   - ids: The ids.
    ///   - rowLength: The tokens of a row with its padding, by which noise is scaled; nil takes
    ///     the second extent of `ids`.
    /// - Returns: The vectors, in training with noise where ``noiseStrength`` asks for it.
    public func callAsFunction(_ ids: Tensor, rowLength: Int? = nil) -> Tensor {
        let vectors = Tensor.embedding(weight: weight, indices: ids, paddingIndex: paddingIndex)
        guard let strength = activeNoiseStrength else { return vectors }
        let length = rowLength ?? ids.shape.dropFirst().first ?? 1
        return vectors + noise(like: vectors, rowLength: length, strength: strength)
    }

    /// The strength of the noise in the present mode; nil for none.
    var activeNoiseStrength: Double? { isTraining ? noiseStrength : nil }

    /// Even draws from `[-limit, limit)`, with the limit rounded as Python rounds it.
    private func noise(like vectors: Tensor, rowLength: Int, strength: Double) -> Tensor {
        let elements = Float(rowLength * weight.size(1))
        let limit = Double(1 / elements.squareRoot() * Float(strength))
        return vectors.zerosLike().uniform_(from: -limit, to: limit)
    }

    /// Standard normal entries, the padding entry zero, as `nn.Embedding`.
    public override func resetParameters() {
        weight.normal_(mean: 0, std: 1)
        clearPaddingEntry()
    }

    /// Entries normal with deviation `range`, the padding entry zero.
    public override func initializeWeights(range: Double, keeping kept: (Tensor) -> Bool) {
        guard !kept(weight) else { return }
        weight.normal_(mean: 0, std: range)
        clearPaddingEntry()
    }

    private func clearPaddingEntry() {
        guard let paddingIndex else { return }
        weight.select(dim: 0, index: paddingIndex).zero_()
    }
}
