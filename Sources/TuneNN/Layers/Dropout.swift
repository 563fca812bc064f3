public import TuneTorch

/// Sets elements to zero with a probability while training and scales the rest to keep the mean
/// (Srivastava et al., 2014).
public final class Dropout: Module {
    /// The probability of a zero.
    public let probability: Double

    /// Creates the layer.
    public init(_ probability: Double) { self.probability = probability }

    /// The probability that applies now: 0 in evaluation mode.
    public var activeProbability: Double { isTraining ? probability : 0 }

    /// Applies dropout to a tensor of any shape.
    public func callAsFunction(_ x: Tensor) -> Tensor {
        guard activeProbability > 0 else { return x }
        return x.dropout(p: probability, training: true)
    }
}
