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
    /// Packed, where each row's tokens begin, and the end of the last: B + 1 numbers; nil padded.
    public let offsets: [Int]?
    /// True where a query may see a key, `[B, 1, T, T]`; nil when all tokens are real.
    private let mask: Tensor?
    /// The places of the packed tokens in the flattened batch, `[N]`; nil when they have all places
    /// in order, or are not packed.
    private let places: Tensor?

    /// Chooses the layout for a batch.
    ///
    /// In the mode `fast` on the CPU tokens are packed, unless some row does not begin with a real
    /// token: its pooled state would come from a padding place.
    ///
    /// - Parameters:
    ///   - batch: Rows in the batch.
    ///   - length: Padded tokens per row.
    ///   - attentionMask: `[B, T]`, non-zero at real tokens; nil when all are real.
    ///   - device: Where the batch is.
    public init(batch: Int, length: Int, attentionMask: Tensor?, device: Device) {
        self.batch = batch
        self.length = length
        let isReal = attentionMask.flatMap { $0.count == batch * length ? $0.bools() : nil }
        // A mask that does not fit goes on to the operation that refuses it.
        let isMisfit = attentionMask != nil && isReal == nil
        let hasPadding = isReal?.contains(false) ?? isMisfit
        let canPack =
            isReal.map { real in (0..<batch).allSatisfy { real[$0 * length] } } ?? !isMisfit
        if ExecutionMode.current == .fast, device == .cpu, length > 0, canPack {
            let rows = (0..<batch).map { row in
                (row * length..<(row + 1) * length).filter { isReal?[$0] ?? true }
            }
            offsets = rows.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.count) }
            places = hasPadding ? Tensor(rows.flatMap(\.self)) : nil
            mask = nil
        } else {
            (offsets, places) = (nil, nil)
            mask =
                hasPadding
                ? attentionMask?.ne(0).reshape([batch, 1, 1, length])
                    .expand([batch, 1, length, length]).contiguous() : nil
        }
    }

    /// Brings token ids `[B, T]` into the layout.
    public func arrange(_ ids: Tensor) -> Tensor {
        guard offsets != nil else { return ids }
        let flat = ids.reshape([batch * length])
        return places.map { flat.indexSelect(dim: 0, indices: $0) } ?? flat
    }

    /// The positions 0, 1, … of the tokens: `[1, T]` padded, `[N]` packed.
    public func positions(device: Device) -> Tensor {
        let row = Tensor.arange(length, device: device).unsqueeze(0)
        return offsets == nil ? row : arrange(row.expand([batch, length]))
    }

    /// The hidden states of each row's first token, `[B, W]`.
    public func firstTokens(_ x: Tensor) -> Tensor {
        guard let offsets else { return x.select(dim: 1, index: 0) }
        return x.indexSelect(dim: 0, indices: Tensor(Array(offsets.dropLast())))
    }

    /// The hidden states as `[B, T, W]`; what stands at padding is not meaningful.
    public func padded(_ x: Tensor) -> Tensor {
        guard offsets != nil else { return x }
        guard let places else { return x.reshape([batch, length, -1]) }
        // Padding places take token 0.
        var tokens = [Int](repeating: 0, count: batch * length)
        for (token, place) in places.ints().enumerated() { tokens[place] = token }
        return x.indexSelect(dim: 0, indices: Tensor(tokens)).reshape([batch, length, -1])
    }
}

extension RowLayout {
    /// Multi-head self-attention within each row.
    ///
    /// - Parameters:
    ///   - x: Hidden states in this layout.
    ///   - layers: The projections.
    /// - Returns: Hidden states in this layout, width W.
    public func selfAttention(_ x: Tensor, _ layers: AttentionLayers) -> Tensor {
        if let offsets, usesFusedKernels(x, layers.query.weight) {
            return layers.fused(x, offsets: offsets)
        }
        return attend(x, layers)
    }

    /// What ``selfAttention(_:_:)`` gives for each row's first token, without the work for the
    /// other ones where that can be left out.
    ///
    /// - Parameters:
    ///   - x: Hidden states in this layout.
    ///   - layers: The projections.
    /// - Returns: The first tokens, `[B, W]`.
    public func firstTokenAttention(_ x: Tensor, _ layers: AttentionLayers) -> Tensor {
        guard let offsets, usesFusedKernels(x, layers.query.weight) else {
            return firstTokens(selfAttention(x, layers))
        }
        return layers.fused(
            x, offsets: offsets,
            of: QueryRows(firstTokens(x), offsets: Array(0...batch)))
    }

    /// The plain form on padded rows.
    private func attend(_ x: Tensor, _ layers: AttentionLayers) -> Tensor {
        let output = Tensor.scaledDotProductAttention(
            split(layers.query(x), layers.heads), split(layers.key(x), layers.heads),
            split(layers.value(x), layers.heads), mask: mask,
            dropout: layers.dropout.activeProbability)
        return output.transpose(1, 2).contiguous().reshape([batch, length, -1])
    }

    /// `[B, T, W]` to `[B, H, T, D]`.
    private func split(_ x: Tensor, _ heads: Int) -> Tensor {
        x.reshape([batch, length, heads, -1]).transpose(1, 2)
    }
}
