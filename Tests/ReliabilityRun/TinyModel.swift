import FineTuneKit
import Foundation

/// A BERT of two narrow layers with dropout, whose scores are scaled by a number of the row.
final class TinyModel: Module, TrainableModel {
    let classifier: BERTForSequenceClassification
    let forwardArguments = ["input_ids", "attention_mask", "strength", "labels"]

    /// Creates a model with the same weights in every process.
    init(seed: Int) throws {
        var config = BERTConfig(numLabels: 2)
        (config.vocabSize, config.maxPositionEmbeddings) = (64, 16)
        (config.hiddenSize, config.intermediateSize) = (16, 32)
        (config.numHiddenLayers, config.numAttentionHeads) = (2, 2)
        setSeed(seed)
        classifier = try BERTForSequenceClassification(config)
    }

    func forward(_ batch: TensorBatch) throws -> ModelOutput {
        guard let strength = batch["strength"] else {
            throw TuneError(.badData, "The batch has no column 'strength'.")
        }
        var inputs = batch
        inputs["labels"] = nil
        let logits = try classifier.forward(inputs).logits * strength.unsqueeze(-1)
        let loss = batch["labels"].map { logits.crossEntropy(target: $0) }
        return ModelOutput(loss: loss, logits: logits)
    }

    var configuration: JSONObject { classifier.configuration }

    func savePretrained(_ directory: URL) throws {
        try writeFileAtomically(
            directory.appendingPathComponent("config.json"),
            JSONValue.object(configuration).serialized(indent: 2))
        try writeSafetensors(
            namedParameters().map { ($0.name, $0.tensor) },
            to: directory.appendingPathComponent("model.safetensors"))
    }
}

/// 64 rows of 8 tokens.
///
/// - Parameter badRow: A row whose number is not finite.
/// - Returns: Tokens, their mask, a number, and a label in each row.
/// - Throws: `TuneError` when columns do not fit together, which they do.
func tinyData(badRow: Int? = nil) throws -> Dataset {
    let rows = 64
    let tokens = (0..<rows).map { row in (0..<8).map { (row * 7 + $0 * 13) % 63 + 1 } }
    var strengths = (0..<rows).map { 0.5 + Double($0 % 5) / 4 }
    if let badRow { strengths[badRow] = .nan }
    return try Dataset(
        Columns([
            "input_ids": .intLists(RaggedInts(tokens)),
            "attention_mask": .intLists(RaggedInts(tokens.map { $0.map { _ in 1 } })),
            "strength": .doubles(strengths),
            "label": .ints((0..<rows).map { ($0 / 3) % 2 }),
        ]))
}
