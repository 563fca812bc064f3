public import TuneTorch

/// The tables for words, segments and positions that an encoder begins with.
public struct TokenEmbedding {
    let words: Embedding
    let types: Embedding
    let positions: Embedding
    let norm: LayerNorm
    let dropout: Dropout

    /// Groups the layers.
    public init(
        words: Embedding, types: Embedding, positions: Embedding, norm: LayerNorm, dropout: Dropout
    ) {
        (self.words, self.types, self.positions) = (words, types, positions)
        (self.norm, self.dropout) = (norm, dropout)
    }

    /// Computes `dropout(norm(words[w] + types[t] + positions[p]))` for ids of shapes that
    /// broadcast to `[…]`.
    ///
    /// - Parameters:
    ///   - wordIDs: The token ids.
    ///   - typeIDs: The segment of each token.
    ///   - positionIDs: The position of each token.
    ///   - rowLength: The tokens of a row with its padding; see ``Embedding``.
    /// - Returns: The vectors, `[…, W]`.
    public func callAsFunction(
        _ wordIDs: Tensor, types typeIDs: Tensor, positions positionIDs: Tensor,
        rowLength: Int? = nil
    ) -> Tensor {
        let ids = [wordIDs, typeIDs, positionIDs]
        guard ids.allSatisfy({ $0.shape == wordIDs.shape && $0.dtype == .int64 }),
            ids.allSatisfy({ $0.device == .cpu }), words.activeNoiseStrength == nil,
            usesFusedKernels(words.weight, words.weight)
        else {
            let vectors = words(wordIDs, rowLength: rowLength)
            return dropout(norm(vectors + types(typeIDs) + positions(positionIDs)))
        }
        return .fusedEmbedding(
            ids: TokenTensors(words: wordIDs, types: typeIDs, positions: positionIDs),
            tables: TokenTensors(
                words: words.weight, types: types.weight, positions: positions.weight),
            paddingIndex: words.paddingIndex, norm: norm.parameters,
            dropout: dropout.activeProbability)
    }
}
