import TuneBase
public import TuneNN
public import TuneTorch

/// What an encoder without a head returns.
public struct EncoderOutput {
    /// The hidden states of the last layer, `[B, T, W]`.
    public let lastHiddenState: Tensor
    /// The pooled first token, `[B, W]`.
    public let poolerOutput: Tensor
}

/// BERT's encoder with its pooler, Python's `BertModel`.
public final class BERTModel: Module, PretrainedModel {
    /// The name of the Python class.
    public static let architecture = "BertModel"
    /// The name of this module within a model with a head.
    public static let baseModelPrefix = "bert"
    /// This is the backbone.
    public static let isBaseModel = true

    /// The configuration.
    public let config: BERTConfig
    let embeddings: BERTEmbeddings
    let encoder: BERTEncoder
    let pooler: BERTPooler

    /// Builds the module tree without values.
    public init(uninitialized config: BERTConfig) throws {
        try config.validate(source: "BERTConfig")
        self.config = config
        embeddings = BERTEmbeddings(config)
        encoder = try BERTEncoder(config)
        pooler = BERTPooler(config)
    }

    /// Draws all parameters as Python's `BertModel(config)`.
    public func initializeFromScratch() {
        resetAllParameters()
        initializeAllWeights(range: config.initializerRange)
    }

    /// Encodes a batch with `input_ids` `[B, T]`, and optionally `attention_mask`,
    /// `token_type_ids` and `position_ids` of the same shape.
    public func callAsFunction(_ batch: TensorBatch) throws -> EncoderOutput {
        let (embedded, rows) = try embed(batch)
        let hidden = encoder(embedded, rows)
        return EncoderOutput(
            lastHiddenState: rows.padded(hidden), poolerOutput: pooler(rows.firstTokens(hidden)))
    }

    /// The pooled first tokens of a batch, `[B, W]`.
    func pooled(_ batch: TensorBatch) throws -> Tensor {
        let (embedded, rows) = try embed(batch)
        return pooler(encoder.firstTokens(embedded, rows))
    }

    /// The embedded tokens of a batch in the layout that was chosen for it.
    private func embed(_ batch: TensorBatch) throws -> (tokens: Tensor, rows: RowLayout) {
        guard let ids = batch["input_ids"] else {
            throw TuneError(
                .badData, "The batch has no 'input_ids'.",
                remedy: "Tokenize the dataset first; the batch has: "
                    + "\(batch.keys.sorted().joined(separator: ", ")).")
        }
        try checkShapes(batch, ids)
        let rows = RowLayout(
            batch: ids.shape[0], length: ids.shape[1], attentionMask: batch["attention_mask"],
            device: ids.device)
        let types =
            batch["token_type_ids"]
            ?? Tensor.zeros(
                ids.shape, dtype: .int64, device: ids.device)
        let positions =
            batch["position_ids"].map(rows.arrange) ?? rows.positions(device: ids.device)
        let embedded = embeddings(
            rows.arrange(ids), types: rows.arrange(types), positions: positions,
            rowLength: rows.length)
        return (embedded, rows)
    }

    private func checkShapes(_ batch: TensorBatch, _ ids: Tensor) throws {
        guard ids.rank == 2 else {
            throw TuneError(
                .badData, "'input_ids' has shape \(ids.shape) where [rows, tokens] is needed.",
                remedy: "Pad the rows of a batch to one length, for example with "
                    + "DataCollatorWithPadding.")
        }
        guard ids.shape[1] <= config.maxPositionEmbeddings else {
            throw TuneError(
                .badData,
                "A row has \(ids.shape[1]) tokens; the model takes at most "
                    + "\(config.maxPositionEmbeddings).",
                remedy: "Tokenize with truncation: true.")
        }
        for name in ["attention_mask", "token_type_ids", "position_ids"] {
            guard let other = batch[name], other.shape != ids.shape else { continue }
            throw TuneError(
                .badData, "'\(name)' has shape \(other.shape), 'input_ids' has \(ids.shape).")
        }
    }
}
