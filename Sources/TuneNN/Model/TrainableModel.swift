public import Foundation
public import TuneBase
public import TuneTorch

/// What a model with a head returns.
public struct ModelOutput {
    /// The mean loss over the batch, a scalar; nil when the batch had no labels.
    public var loss: Tensor?
    /// The scores, `[rows, labels]` for classification of sequences.
    public var logits: Tensor
    /// Further outputs in order, each with rows as its first axis: hidden states, for example.
    public var others: [(name: String, tensor: Tensor)]

    /// Creates an output.
    public init(
        loss: Tensor? = nil, logits: Tensor, others: [(name: String, tensor: Tensor)] = []
    ) {
        (self.loss, self.logits, self.others) = (loss, logits, others)
    }
}

/// What a trainer needs of a model.
public protocol TrainableModel: Module {
    /// The names of the inputs that ``forward(_:)`` looks for, `labels` among them.
    var forwardArguments: [String] { get }

    /// Computes scores, and the loss when the batch holds `labels`.
    ///
    /// - Throws: `TuneError` when a needed input is missing or labels do not fit.
    func forward(_ batch: TensorBatch) throws -> ModelOutput

    /// The content of `config.json`.
    var configuration: JSONObject { get }

    /// Writes `config.json` and `model.safetensors`, each in one piece.
    func savePretrained(_ directory: URL) throws
}

extension TrainableModel {
    /// Computes scores and loss in the precision of ``Module/autocast``; see ``forward(_:)``.
    ///
    /// - Returns: Loss and logits, in float32 where a lower precision was used.
    public func callAsFunction(_ batch: TensorBatch) throws -> ModelOutput {
        guard autocast != nil else { return try forward(batch) }
        return try withAutocast(autocast) { try forward(batch) }.inFloat32
    }
}

extension ModelOutput {
    /// The same numbers, those in a half-precision type converted to float32.
    fileprivate var inFloat32: ModelOutput {
        ModelOutput(
            loss: loss.map(float32), logits: float32(logits),
            others: others.map { ($0.name, float32($0.tensor)) })
    }

    private func float32(_ tensor: Tensor) -> Tensor {
        [.bfloat16, .float16].contains(tensor.dtype) ? tensor.to(.float32) : tensor
    }
}
