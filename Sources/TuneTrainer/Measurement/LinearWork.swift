public import TuneNN
import TuneTorch

/// The arithmetic of a model's linear layers.
///
/// Attention scores, normalisations and so on are left out, so that the same number holds for every
/// way to compute the model; it is what a step of a classifier needs at least.
public struct LinearWork: Sendable, Equatable {
    /// Weights that every token is multiplied with: those of the encoder, of whose last layer only
    /// keys and values count.
    public let weightsPerToken: Int
    /// Weights that are used once per row: the rest of the last layer, whose other states nothing
    /// reads, pooler and head.
    public let weightsPerRow: Int

    /// Creates it from numbers of weights.
    public init(weightsPerToken: Int, weightsPerRow: Int) {
        (self.weightsPerToken, self.weightsPerRow) = (weightsPerToken, weightsPerRow)
    }

    /// Counts the weights of a model's linear layers, biases excluded.
    public init(_ model: any TrainableModel) {
        let layers = model.namedModules().compactMap { entry in
            (entry.module as? Linear).map { (name: entry.name, weights: $0.weight.count) }
        }
        let last = layers.compactMap { Self.encoderLayer($0.name) }.max()
        let meetsEveryToken = { (name: String) in
            guard let layer = Self.encoderLayer(name) else { return false }
            return layer != last || name.hasSuffix(".key") || name.hasSuffix(".value")
        }
        weightsPerToken = layers.filter { meetsEveryToken($0.name) }.map(\.weights).reduce(0, +)
        weightsPerRow = layers.filter { !meetsEveryToken($0.name) }.map(\.weights).reduce(0, +)
    }

    /// The layer of the encoder that a module is in.
    private static func encoderLayer(_ name: String) -> Int? {
        let path = name.split(separator: ".")
        return path.firstIndex(of: "encoder").flatMap {
            path.dropFirst($0 + 1).compactMap { Int($0) }.first
        }
    }

    /// Operations of a training step: a multiplication and an addition for each weight, in the
    /// forward pass, for the gradient of the input and for that of the weight.
    public func trainingOperations(tokens: Int, rows: Int) -> Double {
        3 * inferenceOperations(tokens: tokens, rows: rows)
    }

    /// Operations of a forward pass.
    public func inferenceOperations(tokens: Int, rows: Int) -> Double {
        2 * (Double(weightsPerToken) * Double(tokens) + Double(weightsPerRow) * Double(rows))
    }
}
