/// What the measured steps of a training run say about its steady state: medians over the steps.
public struct StepStatistics: Sendable, Equatable {
    /// The number of steps that count.
    public let steps: Int
    /// Optimizer steps in a second.
    public let stepsPerSecond: Double
    /// Tokens in a second, padding excluded.
    public let tokensPerSecond: Double
    /// Tokens of a step, padding excluded.
    public let tokensPerStep: Double
    /// Operations of linear layers over real tokens in a second.
    public let operationsPerSecond: Double
    /// Seconds of a step that it waited for its batches.
    public let dataWait: Double

    /// Computes the medians; nil when no step is left.
    ///
    /// - Parameters:
    ///   - steps: The steps from the first on.
    ///   - warmUp: How many of the first do not count.
    ///   - work: The arithmetic of the model.
    public init?(_ steps: [StepMeasurement], warmUp: Int = 5, work: LinearWork) {
        let counted = steps.dropFirst(warmUp).filter { $0.seconds > 0 }
        guard !counted.isEmpty else { return nil }
        let median = { (value: (StepMeasurement) -> Double) in
            TuneTrainer.median(counted.map(value))
        }
        self.steps = counted.count
        stepsPerSecond = 1 / median { $0.seconds }
        tokensPerSecond = median { Double($0.tokens) / $0.seconds }
        tokensPerStep = median { Double($0.tokens) }
        operationsPerSecond = median {
            work.trainingOperations(tokens: $0.tokens, rows: $0.rows) / $0.seconds
        }
        dataWait = median { $0.dataWait }
    }
}

/// The middle value, or the mean of the two in the middle; 0 without values.
public func median(_ values: [Double]) -> Double {
    guard !values.isEmpty else { return 0 }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2)
        ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
}
