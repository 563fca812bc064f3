public import TuneTorch

/// A table that maps integer ids to vectors.
public final class Embedding: Module {
    /// Shape `[entries, width]`.
    public let weight: Tensor
    /// The id whose vector is zero at the start and never learns.
    public let paddingIndex: Int?

    /// Creates the table with memory for its entries but without values.
    public init(_ entries: Int, _ width: Int, paddingIndex: Int? = nil) {
        weight = .parameter([entries, width])
        self.paddingIndex = paddingIndex
    }

    /// Maps ids of any shape `[…]` to `[…, width]`.
    public func callAsFunction(_ ids: Tensor) -> Tensor {
        Tensor.embedding(weight: weight, indices: ids, paddingIndex: paddingIndex)
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
