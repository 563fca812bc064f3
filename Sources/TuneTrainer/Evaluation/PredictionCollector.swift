import TuneTorch

/// What an evaluation keeps of one batch, in ordinary memory.
struct EvaluatedBatch {
    /// The number of rows.
    let rows: Int
    /// The mean loss; nil without labels.
    var loss: Float?
    /// The model's outputs.
    var outputs: [HostArray] = []
    /// The labels.
    var targets: [HostArray] = []
    /// The model's main input, where metrics ask for it.
    var inputs: HostArray?

    /// The batch for metrics; `includesLoss` gives each row the batch's loss.
    func prediction(includesLoss: Bool) -> EvalPrediction {
        EvalPrediction(
            outputs: outputs, targets: targets, inputs: inputs,
            losses: includesLoss ? loss.map { Array(repeating: $0, count: rows) } : nil)
    }
}

/// Gathers the batches of an evaluation.
struct PredictionCollector {
    private(set) var batches: [EvaluatedBatch] = []

    /// Adds a batch.
    mutating func add(_ batch: EvaluatedBatch) { batches.append(batch) }

    /// Joins what was gathered to whole arrays.
    ///
    /// - Parameter places: Where each row belongs in the result; nil leaves rows in order.
    /// - Returns: The arrays with the losses.
    /// - Throws: `TuneError` when outputs of different batches do not go together.
    func joined(places: [Int]? = nil) throws -> CollectedPredictions {
        func join(_ arrays: [HostArray]) throws -> HostArray {
            let joined = try HostArray.joining(arrays)
            return places.map { joined.scattered(to: $0) } ?? joined
        }
        let losses = losses
        let rowLosses = losses.flatMap { Array(repeating: $0.value, count: $0.rows) }
        return CollectedPredictions(
            losses: losses, rowCount: batches.map(\.rows).reduce(0, +),
            outputs: try columns(\.outputs).map(join), targets: try columns(\.targets).map(join),
            inputs: try columns { $0.inputs.map { [$0] } ?? [] }.first.map(join),
            rowLosses: places.map { rowLosses.scattered(to: $0) } ?? rowLosses)
    }

    /// The losses alone, where batches stay apart.
    var apart: CollectedPredictions {
        CollectedPredictions(losses: losses, rowCount: batches.map(\.rows).reduce(0, +))
    }

    private var losses: [(value: Float, rows: Int)] {
        batches.compactMap { batch in batch.loss.map { ($0, batch.rows) } }
    }

    /// Per array of a batch, that of every batch; without any where one batch has none.
    private func columns(_ part: (EvaluatedBatch) -> [HostArray]) -> [[HostArray]] {
        let parts = batches.map(part)
        let count = parts.map(\.count).min() ?? 0
        return (0..<count).map { index in parts.map { $0[index] } }
    }
}
