import CTuneTorch

// Layers computed in one piece, forward and backward, for float32 tensors on the CPU. Each equals
// the composition of plain operations that its documentation names, up to rounding; dropout masks
// come from a counter-based generator (Philox, Salmon et al., 2011) whose key is drawn from the
// default generator. Under autocast to bfloat16, matrix products multiply in bfloat16 and sum in
// float32, and results stay float32.

extension Tensor {
    /// `linear(x, weight, bias)` at the processor's rate.
    ///
    /// - Parameters:
    ///   - weight: `[outputs, inputs]`.
    ///   - bias: `[outputs]`, or nil.
    /// - Returns: `[…, outputs]` for this tensor of shape `[…, inputs]`.
    public func fusedLinear(weight: Tensor, bias: Tensor? = nil) -> Tensor {
        .make("fusedLinear", [self, weight]) {
            tt_fused_linear(raw, weight.raw, bias?.raw, $0)
        }
    }

    /// `layerNorm(dropout(outer(gelu(inner(x)))) + x)`; the backward pass computes GELU again.
    ///
    /// - Parameters:
    ///   - inner: The projection to the inner width.
    ///   - outer: The projection back.
    ///   - approximate: The form of GELU.
    ///   - norm: The normalisation over the last axis.
    ///   - dropout: The probability of a zero; 0 outside training.
    /// - Returns: `[…, width]` for this tensor of shape `[…, width]`.
    public func fusedFeedForward(
        inner: ProjectionParameters, outer: ProjectionParameters,
        approximate: GELUApproximation = .none, norm: NormParameters, dropout: Double = 0
    ) -> Tensor {
        withExtendedLifetime((inner, outer, norm)) {
            .make("fusedFeedForward", [self]) {
                tt_fused_feed_forward(
                    raw, inner.raw, outer.raw, approximate == .none, norm.raw, dropout, $0)
            }
        }
    }

    /// `layerNorm(dropout(linear(x, weight, bias)) + residual)`.
    ///
    /// - Parameters:
    ///   - weight: `[width, inputs]`.
    ///   - bias: `[width]`, or nil.
    ///   - residual: `[…, width]`.
    ///   - norm: The normalisation over the last axis.
    ///   - dropout: The probability of a zero; 0 outside training.
    /// - Returns: `[…, width]`.
    public func fusedResidualNorm(
        weight: Tensor, bias: Tensor? = nil, residual: Tensor, norm: NormParameters,
        dropout: Double = 0
    ) -> Tensor {
        .make("fusedResidualNorm", [self, weight, residual]) {
            tt_fused_residual_norm(
                raw, weight.raw, bias?.raw, residual.raw, norm.raw, dropout, $0)
        }
    }

    /// Multi-head attention within sequences that lie one after the other, with the three
    /// projections: `softmax(q kᵀ / √D) v` for each sequence and head of width D, dropout on the
    /// probabilities.
    ///
    /// - Parameters:
    ///   - queries: The rows that attend to those of the same sequence of this tensor; nil when it
    ///     is this tensor's own. Each sequence has both or none.
    ///   - query: The query projection to a width W.
    ///   - key: The key projection to a width W.
    ///   - value: The value projection to a width W.
    ///   - offsets: Sequence `b` has the rows `offsets[b]..<offsets[b + 1]`; begins with 0 and ends
    ///     with the number of rows.
    ///   - heads: The number of heads, which divides W.
    ///   - dropout: The probability of a zero; 0 outside training.
    /// - Returns: `[queries, W]` for this tensor of shape `[rows, inputs]`.
    public func fusedAttention(
        of queries: QueryRows? = nil, query: ProjectionParameters, key: ProjectionParameters,
        value: ProjectionParameters, offsets: [Int], heads: Int, dropout: Double = 0
    ) -> Tensor {
        let projections = tt_projections(
            query_weight: query.weight.raw, key_weight: key.weight.raw,
            value_weight: value.weight.raw, query_bias: query.bias?.raw, key_bias: key.bias?.raw,
            value_bias: value.bias?.raw)
        let queryOffsets = queries?.offsets ?? []
        return withExtendedLifetime((queries, query, key, value)) {
            .make("fusedAttention", [self]) {
                tt_fused_attention(
                    raw, offsets.map(Int64.init), Int64(offsets.count), queries?.rows.raw,
                    queryOffsets.map(Int64.init), Int64(queryOffsets.count), projections,
                    Int64(heads), dropout, $0)
            }
        }
    }

    /// `dropout(layerNorm(words[w] + types[t] + positions[p]))`.
    ///
    /// - Parameters:
    ///   - ids: Token, segment and position numbers of one shape, `int64`.
    ///   - tables: The table that each of them indexes, `[entries, width]`.
    ///   - paddingIndex: A word that gets no gradient.
    ///   - norm: The normalisation over the last axis.
    ///   - dropout: The probability of a zero; 0 outside training.
    /// - Returns: `[…, width]` for ids of shape `[…]`.
    public static func fusedEmbedding(
        ids: TokenTensors, tables: TokenTensors, paddingIndex: Int? = nil, norm: NormParameters,
        dropout: Double = 0
    ) -> Tensor {
        make("fusedEmbedding", [ids.words, tables.words]) {
            tt_fused_embedding(
                ids.raw, tables.raw, Int64(paddingIndex ?? -1), norm.raw, dropout, $0)
        }
    }
}

/// The parameters of a layer normalisation over the last axis.
public struct NormParameters {
    let weight: Tensor
    let bias: Tensor
    let epsilon: Double

    /// Takes scale and shift, `[width]` each, and what is added to the variance.
    public init(weight: Tensor, bias: Tensor, epsilon: Double) {
        (self.weight, self.bias, self.epsilon) = (weight, bias, epsilon)
    }

    var raw: tt_norm { tt_norm(gamma: weight.raw, beta: bias.raw, epsilon: epsilon) }
}

/// Rows that attend to others, in sequences that lie one after the other.
public struct QueryRows {
    let rows: Tensor
    let offsets: [Int]

    /// Takes rows `[queries, inputs]`; sequence `b` has those at `offsets[b]..<offsets[b + 1]`.
    public init(_ rows: Tensor, offsets: [Int]) { (self.rows, self.offsets) = (rows, offsets) }
}

/// The parameters of a linear projection.
public struct ProjectionParameters {
    let weight: Tensor
    let bias: Tensor?

    /// Takes a weight `[outputs, inputs]` and a bias `[outputs]`.
    public init(weight: Tensor, bias: Tensor? = nil) { (self.weight, self.bias) = (weight, bias) }

    var raw: tt_layer { tt_layer(weight: weight.raw, bias: bias?.raw) }
}

/// One tensor for words, segments and positions each: their numbers, or their tables.
public struct TokenTensors {
    let words: Tensor
    let types: Tensor
    let positions: Tensor

    /// Groups the three.
    public init(words: Tensor, types: Tensor, positions: Tensor) {
        (self.words, self.types, self.positions) = (words, types, positions)
    }

    var raw: tt_token_triple {
        tt_token_triple(words: words.raw, types: types.raw, positions: positions.raw)
    }
}
