/// Sets the learning rate of every group to its base rate times a factor of the step.
///
/// As PyTorch's `LambdaLR`: creating the scheduler applies `factor(0)`, and each ``step()`` the
/// factor of the next step.
public final class LRScheduler {
    /// The steps taken so far.
    public private(set) var lastEpoch = 0
    /// The learning rates before scheduling, one per group.
    public let baseLearningRates: [Double]

    private let optimizer: Optimizer
    private let factor: (Int) -> Double

    /// Attaches a schedule to an optimizer.
    public init(_ optimizer: Optimizer, factor: @escaping (Int) -> Double) {
        self.optimizer = optimizer
        self.factor = factor
        baseLearningRates = optimizer.groups.map(\.learningRate)
        apply()
    }

    /// Moves on by one step.
    public func step() {
        guard !optimizer.isAccumulating else { return }
        lastEpoch += 1
        apply()
    }

    /// The rates that the next optimizer step uses, one per group.
    public var lastLearningRates: [Double] { optimizer.groups.map(\.learningRate) }

    private func apply() {
        let scale = factor(lastEpoch)
        for index in optimizer.groups.indices {
            optimizer.groups[index].learningRate = baseLearningRates[index] * scale
        }
    }
}
