public import TuneTorch

/// How the tokens of a batch lie in memory between the layers of an encoder.
///
/// Padded, the hidden states are `[B, T, W]` as in Python. Packed, they are `[N, W]` with the N
/// real tokens only: every layer but attention treats tokens alone, so padding need not be
/// computed, and results at real tokens are the same.
public struct RowLayout {
    /// Rows in the batch.
    public let batch: Int
    /// Padded tokens per row.
    public let length: Int
    /// True where a query may see a key, `[B, 1, T, T]`; nil when all tokens are real.
    let mask: Tensor?
    private let packing: Packing?

    /// Where real tokens are.
    private struct Packing {
        /// For each packed token its place in the flattened batch, `[N]`.
        let places: Tensor
        /// For each place of the flattened batch a packed token, `[B·T]`; padding places take
        /// token 0, whose value there is never used.
        let tokens: Tensor
        /// The packed position of each row's first token, `[B]`.
        let firstTokens: Tensor
    }

    /// Chooses the layout for a batch.
    ///
    /// - Parameters:
    ///   - batch: Rows in the batch.
    ///   - length: Padded tokens per row.
    ///   - attentionMask: `[B, T]`, non-zero at real tokens; nil when all are real.
    ///   - device: Where index tensors are needed.
    public init(batch: Int, length: Int, attentionMask: Tensor?, device: Device) {
        self.batch = batch
        self.length = length
        let isReal = attentionMask.map { $0.ints().map { $0 != 0 } }
        guard let attentionMask, let isReal, isReal.contains(false) else {
            (mask, packing) = (nil, nil)
            return
        }
        mask = attentionMask.ne(0).reshape([batch, 1, 1, length])
            .expand([batch, 1, length, length]).contiguous()
        packing =
            ExecutionMode.current == .fast
            ? Self.pack(isReal, batch: batch, length: length, device: device) : nil
    }

    /// Brings token ids `[B, T]` into the layout.
    public func arrange(_ ids: Tensor) -> Tensor {
        guard let packing else { return ids }
        return ids.reshape([batch * length]).indexSelect(dim: 0, indices: packing.places)
    }

    /// The positions 0, 1, … of the tokens: `[1, T]` padded, `[N]` packed.
    public func positions(device: Device) -> Tensor {
        let row = Tensor.arange(length, device: device).unsqueeze(0)
        return packing == nil ? row : arrange(row.expand([batch, length]))
    }

    /// The hidden states of each row's first token, `[B, W]`.
    public func firstTokens(_ x: Tensor) -> Tensor {
        guard let packing else { return x.select(dim: 1, index: 0) }
        return x.indexSelect(dim: 0, indices: packing.firstTokens)
    }

    /// The hidden states as `[B, T, W]`; what stands at padding is not meaningful.
    public func padded(_ x: Tensor) -> Tensor {
        guard let packing else { return x }
        return x.indexSelect(dim: 0, indices: packing.tokens).reshape([batch, length, -1])
    }

    /// Multi-head attention within each row.
    ///
    /// - Parameters:
    ///   - query: Hidden states in this layout, width W.
    ///   - key: Hidden states in this layout, width W.
    ///   - value: Hidden states in this layout, width W.
    ///   - heads: The number of heads H; each has width D = W / H.
    ///   - dropout: The probability with which attention probabilities are dropped.
    /// - Returns: Hidden states in this layout, width W.
    public func attend(
        query: Tensor, key: Tensor, value: Tensor, heads: Int, dropout: Double
    ) -> Tensor {
        let output = Tensor.scaledDotProductAttention(
            split(query, heads), split(key, heads), split(value, heads), mask: mask,
            dropout: dropout)
        let joined = output.transpose(1, 2).contiguous().reshape([batch, length, -1])
        guard let packing else { return joined }
        return joined.reshape([batch * length, -1]).indexSelect(dim: 0, indices: packing.places)
    }

    /// `[…, W]` in this layout to `[B, H, T, D]`.
    private func split(_ x: Tensor, _ heads: Int) -> Tensor {
        padded(x).reshape([batch, length, heads, -1]).transpose(1, 2)
    }

    /// The packing, or nil when some row does not begin with a real token: its pooled state would
    /// come from a padding place.
    private static func pack(
        _ isReal: [Bool], batch: Int, length: Int, device: Device
    ) -> Packing? {
        guard (0..<batch).allSatisfy({ isReal[$0 * length] }) else { return nil }
        var places: [Int] = []
        var tokens = [Int](repeating: 0, count: isReal.count)
        for place in isReal.indices where isReal[place] {
            tokens[place] = places.count
            places.append(place)
        }
        let firstTokens = (0..<batch).map { tokens[$0 * length] }
        return Packing(
            places: Tensor(places).to(device), tokens: Tensor(tokens).to(device),
            firstTokens: Tensor(firstTokens).to(device))
    }
}
