import Foundation
import TuneBase
import TuneNN
import TuneTorch

/// The model of `Tools/goldens/accelerator.py`: linear, tanh, linear.
final class Classifier: Module, TrainableModel {
    let hidden = Linear(12, 16)
    let head = Linear(16, 3)
    /// The type in which a product of tensors came out in the last call.
    private(set) var computedType: DType?
    let forwardArguments = ["x", "labels"]
    let configuration = JSONObject()

    func forward(_ batch: TensorBatch) throws -> ModelOutput {
        guard let x = batch["x"], let labels = batch["labels"] else {
            throw TuneError(.badData, "The batch needs x and labels.")
        }
        let logits = head(hidden(x).tanh())
        computedType = x.matmul(x.transpose(0, 1)).dtype
        return ModelOutput(loss: logits.crossEntropy(target: labels), logits: logits)
    }

    func savePretrained(_ directory: URL) throws {}
}
