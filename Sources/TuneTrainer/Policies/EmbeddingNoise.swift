import TuneBase
package import TuneNN

/// Runs a training with noise on the token vectors (NEFTune), as Python's `neftune_noise_alpha`.
///
/// Each element of the vectors gets an even draw from ±strength / √(tokens per row × width).
///
/// - Parameters:
///   - strength: The strength of the noise; nil for none.
///   - model: The model, which tells its embeddings.
///   - body: The training.
/// - Returns: What the training returned.
/// - Throws: `TuneError` for a model that does not tell its embeddings.
package func withEmbeddingNoise<Result>(
    _ strength: Double?, in model: any TrainableModel, _ body: () throws -> Result
) throws -> Result {
    guard let strength else { return try body() }
    guard let embeddings = (model as? any TokenEmbeddingModel)?.inputEmbeddings else {
        throw TuneError(
            .badConfig, "neftune_noise_alpha needs a model that tells its embeddings.",
            remedy: "Make \(type(of: model)) a TokenEmbeddingModel, or leave the argument out.")
    }
    embeddings.noiseStrength = strength
    defer { embeddings.noiseStrength = nil }
    return try body()
}
