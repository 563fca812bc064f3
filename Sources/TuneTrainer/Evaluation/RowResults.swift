import TuneNN
import TuneTorch

/// Gathers the scores, labels and losses of rows that are computed in another order than theirs.
struct RowResults {
    private var collector = PredictionCollector()
    private var order: [Int] = []
    private var losses: [Float] = []
    private var weights: [Float] = []

    /// Adds what a forward pass found out about `rows`; nil is left out.
    mutating func add(
        _ rows: ArraySlice<Int>, logits: Tensor?, labels: Tensor?, losses: RowLosses?
    ) throws {
        try collector.add(loss: nil, logits: logits, labels: labels, rows: rows.count)
        order += rows
        guard let losses else { return }
        self.losses += losses.values.floats()
        weights += losses.weights.floats()
    }

    /// The results as if the rows had been computed in order, in batches of `batchSize`.
    func collected(batchSize: Int) -> CollectedPredictions {
        let gathered = collector.collected
        let losses = self.losses.scattered(to: order)
        let weights = self.weights.scattered(to: order)
        let batches = stride(from: 0, to: losses.count, by: batchSize).map { start in
            let end = min(start + batchSize, losses.count)
            return (value: mean(losses[start..<end], weights[start..<end]), rows: end - start)
        }
        return CollectedPredictions(
            losses: batches, predictions: gathered.predictions?.scattered(to: order),
            labelIDs: gathered.labelIDs?.scattered(to: order), rowCount: gathered.rowCount)
    }

    /// The mean over the rows that count, NaN without any.
    private func mean(_ losses: ArraySlice<Float>, _ weights: ArraySlice<Float>) -> Float {
        let counted = zip(losses, weights).lazy.filter { $0.1 != 0 }
        let sum = counted.reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
        return Float(sum / counted.reduce(0.0) { $0 + Double($1.1) })
    }
}

extension HostArray {
    /// The same rows in another order: row `i` goes to `places[i]`.
    fileprivate func scattered(to places: [Int]) -> HostArray {
        let width = shape.dropFirst().reduce(1, *)
        return switch values {
        case .floats(let numbers):
            HostArray(numbers.scattered(to: places, width: width), shape: shape)
        case .ints(let numbers):
            HostArray(numbers.scattered(to: places, width: width), shape: shape)
        }
    }
}

extension Array {
    /// Rows of `width` elements in another order: row `i` goes to `places[i]`.
    fileprivate func scattered(to places: [Int], width: Int = 1) -> [Element] {
        var result = self
        for row in 0..<(width > 0 ? count / width : 0) {
            for column in 0..<width {
                result[places[row] * width + column] = self[row * width + column]
            }
        }
        return result
    }
}
