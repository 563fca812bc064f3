import Foundation
import TuneBase
import TuneNN
import TuneTestSupport
import TuneTorch

/// The model of `Tools/goldens/trainer.py`: embedding, masked mean, linear, tanh, layer norm, linear.
class ToyClassifier: Module, TrainableModel {
    let embedding: Embedding
    let hidden: Linear
    let norm: LayerNorm
    let classifier: Linear
    /// Replaces the loss, to play a training that goes wrong.
    var spoiledLoss: Double?
    let forwardArguments = ["input_ids", "attention_mask", "labels"]

    init(classes: Int = 2) {
        embedding = Embedding(32, 6)
        hidden = Linear(6, 8)
        norm = LayerNorm(8)
        classifier = Linear(8, classes)
        super.init()
        withSharedRandomness { withoutGradients { resetAllParameters() } }
    }

    func forward(_ batch: TensorBatch) throws -> ModelOutput {
        guard let ids = batch["input_ids"], let attention = batch["attention_mask"] else {
            throw TuneError(.badData, "The toy needs input_ids and attention_mask.")
        }
        let mask = attention.unsqueeze(-1).to(embedding.weight.dtype)
        let pooled = (embedding(ids) * mask).sum(dims: [1]) / mask.sum(dims: [1])
        let logits = classifier(norm(hidden(pooled).tanh()))
        guard let labels = batch["labels"] else { return ModelOutput(logits: logits) }
        let loss = logits.crossEntropy(target: labels)
        return ModelOutput(loss: spoiledLoss.map { loss * $0 } ?? loss, logits: logits)
    }

    var configuration: JSONObject { JSONObject([("model_type", "toy")]) }

    func savePretrained(_ directory: URL) throws {
        try writeFileAtomically(
            directory.appendingPathComponent("config.json"),
            JSONValue.object(configuration).serialized(indent: 2))
        try writeSafetensors(
            namedParameters().map { ($0.name, $0.tensor) },
            to: directory.appendingPathComponent("model.safetensors"))
    }

    /// Sets the weights named in a fixture.
    func load(_ weights: JSONObject) {
        for (name, parameter) in namedParameters() {
            guard let values = weights[name] else { continue }
            withoutGradients {
                _ = parameter.copy_(Tensor(values.flatNumbers.map { Float($0) }, parameter.shape))
            }
        }
    }
}

/// The toy with losses of single rows, so that evaluation may group rows.
final class RowwiseToy: ToyClassifier, RowwiseModel {
    /// The number of rows of each forward pass in evaluation mode.
    private(set) var passes: [Int] = []

    override func forward(_ batch: TensorBatch) throws -> ModelOutput {
        let output = try super.forward(batch)
        if !isTraining { passes.append(output.logits.shape[0]) }
        return output
    }

    func rowLosses(logits: Tensor, labels: Tensor) throws -> RowLosses {
        RowLosses(
            values: logits.crossEntropy(target: labels, reduction: .none),
            weights: labels.ne(-100).to(.float32))
    }
}

extension JSONValue {
    /// All numbers of nested arrays, in order.
    var flatNumbers: [Double] {
        array.map { $0.flatMap(\.flatNumbers) } ?? double.map { [$0] } ?? []
    }
}
