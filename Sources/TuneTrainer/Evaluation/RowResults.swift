import TuneNN
import TuneTorch

/// Gathers the scores, labels and losses of rows that are computed in another order than theirs.
struct RowResults {
    private var collector = PredictionCollector()
    private var order: [Int] = []
    private var losses: [Float] = []
    private var weights: [Float] = []

    /// Adds what a forward pass found out about `rows`.
    mutating func add(_ rows: ArraySlice<Int>, _ output: PredictionStepOutput, _ losses: RowLosses?)
    {
        collector.add(
            EvaluatedBatch(
                rows: rows.count, outputs: output.logits.map { HostArray($0) },
                targets: output.labels.map { HostArray($0) }))
        order += rows
        guard let losses else { return }
        self.losses += losses.values.floats()
        weights += losses.weights.floats()
    }

    /// The results as if the rows had been computed in order, in batches of `batchSize`.
    ///
    /// - Throws: `TuneError` when outputs of different batches do not go together.
    func collected(batchSize: Int) throws -> CollectedPredictions {
        let gathered = try collector.joined(places: order)
        let losses = self.losses.scattered(to: order)
        let weights = self.weights.scattered(to: order)
        let batches = stride(from: 0, to: losses.count, by: batchSize).map { start in
            let end = min(start + batchSize, losses.count)
            return (value: mean(losses[start..<end], weights[start..<end]), rows: end - start)
        }
        return CollectedPredictions(
            losses: batches, rowCount: gathered.rowCount, outputs: gathered.outputs,
            targets: gathered.targets)
    }

    /// The mean over the rows that count, NaN without any.
    private func mean(_ losses: ArraySlice<Float>, _ weights: ArraySlice<Float>) -> Float {
        let counted = zip(losses, weights).lazy.filter { $0.1 != 0 }
        let sum = counted.reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
        return Float(sum / counted.reduce(0.0) { $0 + Double($1.1) })
    }
}
