import TuneTorch

/// What multi-head attention is computed with.
public struct AttentionLayers {
    let query: Linear
    let key: Linear
    let value: Linear
    let heads: Int
    let dropout: Dropout

    /// Groups the layers.
    ///
    /// - Parameters:
    ///   - query: The query projection to a width W.
    ///   - key: The key projection to W.
    ///   - value: The value projection to W.
    ///   - heads: The number of heads H; each has width D = W / H.
    ///   - dropout: The dropout of attention probabilities.
    public init(query: Linear, key: Linear, value: Linear, heads: Int, dropout: Dropout) {
        (self.query, self.key, self.value) = (query, key, value)
        (self.heads, self.dropout) = (heads, dropout)
    }

    func fused(_ x: Tensor, offsets: [Int], of queries: QueryRows? = nil) -> Tensor {
        x.fusedAttention(
            of: queries, query: query.projection, key: key.projection, value: value.projection,
            offsets: offsets, heads: heads, dropout: dropout.activeProbability)
    }
}
