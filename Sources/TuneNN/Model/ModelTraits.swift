public import TuneBase

/// A model whose scores at one position predict the label of the next one, Python's `…ForCausalLM`.
///
/// Losses over its labels, and counts of them, leave out the first label of each row.
public protocol CausalLanguageModel: TrainableModel {}

/// A model that tells which table embeds its tokens.
public protocol TokenEmbeddingModel: TrainableModel {
    /// The table of token vectors, Python's `get_input_embeddings()`.
    var inputEmbeddings: Embedding { get }
}

/// A model whose `config.json` takes further members.
public protocol ConfigurableModel: TrainableModel {
    /// Sets a member of ``TrainableModel/configuration``.
    func setConfiguration(_ value: JSONValue, for key: String)
}
