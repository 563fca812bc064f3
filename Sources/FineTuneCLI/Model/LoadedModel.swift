import FineTuneKit

/// A model with the tokenizer that belongs to it.
struct LoadedModel {
    let model: any SequenceClassificationModel
    let tokenizer: PreTrainedTokenizer

    /// Checks that every token has an embedding.
    ///
    /// - Throws: `TuneError` when tokenizer and model do not belong together.
    init(_ model: any SequenceClassificationModel, _ tokenizer: PreTrainedTokenizer) throws {
        if let size = model.configuration["vocab_size"]?.int, tokenizer.count > size {
            throw TuneError(
                .badConfig,
                "The tokenizer has \(tokenizer.count) tokens, the model \(size) embeddings.",
                remedy: "Use the tokenizer that the model was trained with.")
        }
        (self.model, self.tokenizer) = (model, tokenizer)
    }
}

/// The checkpoint directory that a command needs.
///
/// - Throws: `TuneError` when none was named, when it does not exist, and when its architecture is
///   not supported.
func requiredModel(_ settings: DataSettings) throws -> String {
    guard let path = settings.model else {
        throw TuneError(
            .usage, "No model is given.", remedy: "Name a checkpoint directory with --model DIR.")
    }
    _ = try AutoConfig.fromPretrained(path)
    return path
}
