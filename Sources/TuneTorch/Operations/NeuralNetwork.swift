import CTuneTorch

extension Tensor {
    /// The matrix product over the last two axes; the axes before them broadcast.
    public func matmul(_ other: Tensor) -> Tensor {
        .make("matmul", [self, other]) { tt_matmul(raw, other.raw, $0) }
    }

    /// A linear layer: `x · weightᵀ + bias`.
    ///
    /// - Parameters:
    ///   - weight: `[outputs, inputs]`.
    ///   - bias: `[outputs]`, or nil.
    /// - Returns: `[…, outputs]`.
    public func linear(weight: Tensor, bias: Tensor? = nil) -> Tensor {
        .make("linear", [self, weight]) { tt_linear(raw, weight.raw, bias?.raw, $0) }
    }

    /// Normalizes the last axes to mean 0 and variance 1, then scales and shifts.
    ///
    /// - Parameters:
    ///   - shape: The sizes of the axes to normalize over.
    ///   - weight: The scale, of that shape.
    ///   - bias: The shift, of that shape.
    ///   - eps: Added to the variance.
    /// - Returns: A tensor of this tensor's shape.
    public func layerNorm(
        shape: [Int], weight: Tensor? = nil, bias: Tensor? = nil, eps: Double = 1e-5
    ) -> Tensor {
        .make("layerNorm", [self]) {
            tt_layer_norm(raw, shape, Int32(shape.count), weight?.raw, bias?.raw, eps, $0)
        }
    }

    /// The rows of a table.
    ///
    /// - Parameters:
    ///   - weight: The table, `[rows, width]`.
    ///   - indices: Row numbers of any shape.
    ///   - paddingIndex: A row that gets no gradient.
    /// - Returns: `[…, width]`.
    public static func embedding(
        weight: Tensor, indices: Tensor, paddingIndex: Int? = nil
    ) -> Tensor {
        make("embedding", [weight, indices]) {
            tt_embedding(weight.raw, indices.raw, Int64(paddingIndex ?? -1), $0)
        }
    }

    /// In training, zeroes each element with probability `p` and scales the rest by `1 / (1 - p)`.
    public func dropout(p: Double, training: Bool) -> Tensor {
        .make("dropout", [self]) { tt_dropout(raw, p, training, $0) }
    }

    /// Attention: softmax of the scaled products of query and key, applied to the values.
    ///
    /// - Parameters:
    ///   - query: `[batch, heads, queries, width]`.
    ///   - key: `[batch, heads, keys, width]`.
    ///   - value: `[batch, heads, keys, width]`.
    ///   - mask: Truth values (attend where true) or numbers to add, `[batch, heads, queries, keys]`
    ///     or anything that broadcasts to it.
    ///   - dropout: The probability of dropping an attention weight; 0 outside training.
    ///   - isCausal: Whether a query attends to earlier keys only.
    ///   - scale: The factor of the products; nil is `1 / √width`.
    /// - Returns: `[batch, heads, queries, width]`.
    public static func scaledDotProductAttention(
        _ query: Tensor, _ key: Tensor, _ value: Tensor, mask: Tensor? = nil,
        dropout: Double = 0, isCausal: Bool = false, scale: Double? = nil
    ) -> Tensor {
        make("scaledDotProductAttention", [query, key, value]) { result in
            withOptionalPointer(scale) {
                tt_attention(
                    query.raw, key.raw, value.raw, mask?.raw, dropout, isCausal, $0, result)
            }
        }
    }
}
