import TuneBase
import TuneTorch

/// Gathers the losses, scores and labels of an evaluation in ordinary memory.
struct PredictionCollector {
    private var losses: [(value: Float, rows: Int)] = []
    private var logits: [Float] = []
    private var logitsShape: [Int]?
    private var labels: CollectedLabels?
    private var rowCount = 0

    /// Adds the results of one batch; nil is left out.
    mutating func add(loss: Tensor?, logits: Tensor?, labels: Tensor?, rows: Int) throws {
        rowCount += rows
        if let loss { losses.append((Float(loss.item()), rows)) }
        if let logits {
            let shape = Array(logits.shape.dropFirst())
            guard logitsShape ?? shape == shape else {
                throw TuneError(
                    .failed,
                    "The model's scores have shape \(shape) per row in one batch and \(logitsShape ?? []) in another.",
                    remedy:
                        "Pad all rows to one length: DataCollatorWithPadding(padding: .maxLength).")
            }
            logitsShape = shape
            self.logits += logits.floats()
        }
        if let labels {
            var collected = self.labels ?? CollectedLabels(like: labels)
            collected.add(labels)
            self.labels = collected
        }
    }

    /// What was gathered.
    var collected: CollectedPredictions {
        CollectedPredictions(
            losses: losses,
            predictions: logitsShape.map { HostArray(logits, shape: [rowCount] + $0) },
            labelIDs: labels?.array(rows: rowCount), rowCount: rowCount)
    }
}

/// Labels of one type and row shape.
private struct CollectedLabels {
    private let rowShape: [Int]
    private let isInteger: Bool
    private var ints: [Int] = []
    private var floats: [Float] = []

    init(like labels: Tensor) {
        rowShape = Array(labels.shape.dropFirst())
        isInteger = labels.dtype == .int64
    }

    mutating func add(_ labels: Tensor) {
        if isInteger { ints += labels.ints() } else { floats += labels.floats() }
    }

    func array(rows: Int) -> HostArray {
        let shape = [rows] + rowShape
        return isInteger ? HostArray(ints, shape: shape) : HostArray(floats, shape: shape)
    }
}
