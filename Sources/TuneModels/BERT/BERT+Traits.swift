public import TuneBase
public import TuneNN

extension BERTForSequenceClassification: TokenEmbeddingModel, ConfigurableModel {
    /// The table of word vectors.
    public var inputEmbeddings: Embedding { bert.embeddings.wordEmbeddings }

    /// Sets a member of the configuration that has no field of its own.
    public func setConfiguration(_ value: JSONValue, for key: String) {
        config.common.raw[key] = value
    }
}

extension BERTModel: CheckpointableModel {
    /// Of how many layers one keeps its input during training; nil keeps all activations.
    public var layersPerCheckpoint: Int? {
        get { encoder.layersPerCheckpoint }
        set { encoder.layersPerCheckpoint = newValue }
    }
}

extension BERTForSequenceClassification: CheckpointableModel {
    /// Of how many layers one keeps its input during training; nil keeps all activations.
    public var layersPerCheckpoint: Int? {
        get { bert.layersPerCheckpoint }
        set { bert.layersPerCheckpoint = newValue }
    }
}
