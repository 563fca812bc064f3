import TuneBase
import TuneNN
import TuneTorch

/// The toy with dropout before its last layer, so that training draws random numbers.
final class DropoutToy: ToyClassifier {
    override func forward(_ batch: TensorBatch) throws -> ModelOutput {
        let output = try super.forward(batch)
        guard isTraining, let labels = batch["labels"] else { return output }
        let logits = output.logits.dropout(p: 0.3, training: true)
        return ModelOutput(loss: logits.crossEntropy(target: labels), logits: logits)
    }
}

/// A run's outcome: final weights and history, without what depends on the clock.
struct Outcome: Equatable {
    var weights: [String: [Float]]
    var history: [JSONObject]

    init(_ model: ToyClassifier, _ history: [JSONObject]) {
        weights = Dictionary(
            uniqueKeysWithValues: model.namedParameters().map { ($0.name, $0.tensor.floats()) })
        self.history = history.map { row in
            JSONObject(
                row.members.filter { name, _ in
                    !name.hasSuffix("runtime") && !name.hasSuffix("per_second")
                        && !name.hasSuffix("preparation_time")
                }.sorted { $0.key < $1.key })
        }
    }
}

/// Gives a model weights that are the same in every run, whatever was drawn before.
func fillWeights(_ model: ToyClassifier) {
    withoutGradients {
        for (index, parameter) in model.parameters().enumerated() {
            let values = (0..<parameter.count).map { Float(($0 * 7 + index) % 11) / 20 - 0.25 }
            _ = parameter.copy_(Tensor(values, parameter.shape))
        }
    }
}
