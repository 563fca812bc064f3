import TuneNN
import TuneTorch

/// Estimates the floating-point operations of training as Python does: 6 for each token (padding
/// included) and parameter outside embeddings.
struct OperationCount {
    private let parameters: Int
    /// Operations since the last hand-over.
    private(set) var pending = 0.0

    init(_ model: any TrainableModel) {
        let embeddings = model.namedModules().reduce(0) { sum, entry in
            sum + ((entry.module as? Embedding)?.weight.count ?? 0)
        }
        parameters = model.parameterCount() - embeddings
    }

    /// The operations of a training step on a batch.
    func estimate(_ batch: TensorBatch) -> Double {
        Double(6 * (batch["input_ids"]?.count ?? 0) * parameters)
    }

    /// Counts operations.
    mutating func add(_ operations: Double) { pending += operations }

    /// Hands over what was counted.
    mutating func drain() -> Double {
        defer { pending = 0 }
        return pending
    }
}
