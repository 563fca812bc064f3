// BERT: Pre-training of Deep Bidirectional Transformers (Devlin et al., 2019).
// Shapes: B rows, T tokens per row, H heads, D head width, W = H·D hidden width.
import TuneNN
import TuneTorch

/// Names that differ from the rule, for all modules of BERT.
class BERTModule: Module {
    override class var checkpointNames: [String: String] {
        ["layerNorm": "LayerNorm", "attend": "self"]
    }
}

/// The sum of word, segment and position vectors, normalised.
final class BERTEmbeddings: BERTModule {
    let wordEmbeddings: Embedding
    let positionEmbeddings: Embedding
    let tokenTypeEmbeddings: Embedding
    let layerNorm: LayerNorm
    let dropout: Dropout

    init(_ config: BERTConfig) {
        wordEmbeddings = Embedding(
            config.vocabSize, config.hiddenSize, paddingIndex: config.padTokenId)
        positionEmbeddings = Embedding(config.maxPositionEmbeddings, config.hiddenSize)
        tokenTypeEmbeddings = Embedding(config.typeVocabSize, config.hiddenSize)
        layerNorm = LayerNorm(config.hiddenSize, epsilon: config.layerNormEps)
        dropout = Dropout(config.hiddenDropoutProb)
    }

    /// Embeds ids of any equal shape `[…]`, from rows padded to `rowLength`, into `[…, W]`.
    func callAsFunction(
        _ words: Tensor, types: Tensor, positions: Tensor, rowLength: Int
    ) -> Tensor {
        let embed = TokenEmbedding(
            words: wordEmbeddings, types: tokenTypeEmbeddings, positions: positionEmbeddings,
            norm: layerNorm, dropout: dropout)
        return embed(words, types: types, positions: positions, rowLength: rowLength)
    }
}

/// Scaled dot-product attention of every token to all tokens of its row.
final class BERTSelfAttention: BERTModule {
    let query: Linear
    let key: Linear
    let value: Linear
    let dropout: Dropout
    let heads: Int

    init(_ config: BERTConfig) {
        query = Linear(config.hiddenSize, config.hiddenSize)
        key = Linear(config.hiddenSize, config.hiddenSize)
        value = Linear(config.hiddenSize, config.hiddenSize)
        dropout = Dropout(config.attentionProbsDropoutProb)
        heads = config.numAttentionHeads
    }

    var layers: AttentionLayers {
        AttentionLayers(query: query, key: key, value: value, heads: heads, dropout: dropout)
    }
}

/// A linear map with dropout, added to the block's input and normalised.
final class BERTResidualOutput: BERTModule {
    let dense: Linear
    let layerNorm: LayerNorm
    let dropout: Dropout

    init(_ inputs: Int, _ config: BERTConfig) {
        dense = Linear(inputs, config.hiddenSize)
        layerNorm = LayerNorm(config.hiddenSize, epsilon: config.layerNormEps)
        dropout = Dropout(config.hiddenDropoutProb)
    }

    func callAsFunction(_ x: Tensor, residual: Tensor) -> Tensor {
        residualNorm(x, dense: dense, dropout: dropout, residual: residual, norm: layerNorm)
    }
}

final class BERTAttention: BERTModule {
    let attend: BERTSelfAttention
    let output: BERTResidualOutput

    init(_ config: BERTConfig) {
        attend = BERTSelfAttention(config)
        output = BERTResidualOutput(config.hiddenSize, config)
    }

    func callAsFunction(_ x: Tensor, _ rows: RowLayout) -> Tensor {
        output(rows.selfAttention(x, attend.layers), residual: x)
    }

    /// What the block gives for each row's first token, `[B, W]`.
    func firstTokens(_ x: Tensor, _ rows: RowLayout) -> Tensor {
        output(rows.firstTokenAttention(x, attend.layers), residual: rows.firstTokens(x))
    }
}

final class BERTIntermediate: BERTModule {
    let dense: Linear
    let activation: Activation

    init(_ config: BERTConfig) throws {
        dense = Linear(config.hiddenSize, config.intermediateSize)
        activation = try Activation(named: config.hiddenAct)
    }
}

final class BERTLayer: BERTModule {
    let attention: BERTAttention
    let intermediate: BERTIntermediate
    let output: BERTResidualOutput

    init(_ config: BERTConfig) throws {
        attention = BERTAttention(config)
        intermediate = try BERTIntermediate(config)
        output = BERTResidualOutput(config.intermediateSize, config)
    }

    func callAsFunction(_ x: Tensor, _ rows: RowLayout) -> Tensor {
        feedForward(attention(x, rows))
    }

    /// What the layer gives for each row's first token, `[B, W]`.
    func firstTokens(_ x: Tensor, _ rows: RowLayout) -> Tensor {
        feedForward(attention.firstTokens(x, rows))
    }

    private func feedForward(_ attended: Tensor) -> Tensor {
        TuneNN.feedForward(
            attended, inner: intermediate.dense, activation: intermediate.activation,
            outer: output.dense, dropout: output.dropout, norm: output.layerNorm)
    }
}

final class BERTEncoder: BERTModule {
    let layer: [BERTLayer]
    /// Of how many layers one keeps its input in training; nil keeps all activations.
    var layersPerCheckpoint: Int?

    init(_ config: BERTConfig) throws {
        layer = try (0..<config.numHiddenLayers).map { _ in try BERTLayer(config) }
    }

    func callAsFunction(_ x: Tensor, _ rows: RowLayout) -> Tensor { apply(layer, x, rows) }

    /// The last hidden states of each row's first token, `[B, W]`.
    ///
    /// Packed, the last layer computes only these: no other token's state reaches the pooler.
    func firstTokens(_ x: Tensor, _ rows: RowLayout) -> Tensor {
        guard rows.offsets != nil, let last = layer.last else {
            return rows.firstTokens(self(x, rows))
        }
        return last.firstTokens(apply(layer.dropLast(), x, rows), rows)
    }

    private func apply(_ layers: [BERTLayer], _ x: Tensor, _ rows: RowLayout) -> Tensor {
        applyLayers(x, layers, layersPerCheckpoint: isTraining ? layersPerCheckpoint : nil) {
            $0($1, rows)
        }
    }
}

/// A tanh layer over each row's first token.
final class BERTPooler: BERTModule {
    let dense: Linear

    init(_ config: BERTConfig) { dense = Linear(config.hiddenSize, config.hiddenSize) }

    /// Maps first tokens `[B, W]` to `[B, W]`.
    func callAsFunction(_ firstTokens: Tensor) -> Tensor { dense(firstTokens).tanh() }
}
