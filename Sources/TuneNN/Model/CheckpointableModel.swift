import TuneBase
public import TuneTorch

/// A model that can compute layers again in the backward pass instead of keeping their activations.
public protocol CheckpointableModel: Module {
    /// Of how many layers one keeps its input during training; nil keeps all activations.
    var layersPerCheckpoint: Int? { get set }
}

extension CheckpointableModel {
    /// Saves memory in training, Python's `gradient_checkpointing_enable()`.
    ///
    /// Of each group of layers only the input is kept, and the backward pass computes the group
    /// again. Losses and gradients keep their bits.
    ///
    /// - Parameter everyNLayers: The layers of a group; 1 saves the most, more of them hold more
    ///   activations at once.
    /// - Throws: `TuneError` for a number below 1.
    public func gradientCheckpointingEnable(everyNLayers: Int = 1) throws {
        guard everyNLayers >= 1 else {
            throw TuneError(
                .badConfig, "everyNLayers is \(everyNLayers), but a group has at least one layer.",
                remedy: "Pass 1 to save the most memory.")
        }
        layersPerCheckpoint = everyNLayers
    }

    /// Keeps all activations again, Python's `gradient_checkpointing_disable()`.
    public func gradientCheckpointingDisable() { layersPerCheckpoint = nil }

    /// Whether layers are computed again, Python's `is_gradient_checkpointing`.
    public var isGradientCheckpointing: Bool { layersPerCheckpoint != nil }
}

/// Runs `x` through layers one after the other, keeping only the input of each group.
///
/// The backward pass computes in the execution mode of this call. Groups in which nothing is
/// trained are not computed again.
///
/// - Parameters:
///   - x: The input of the first layer.
///   - layers: The layers.
///   - layersPerCheckpoint: The layers of a group; nil keeps all activations.
///   - apply: Computes a layer.
/// - Returns: What the last layer gives.
public func applyLayers<Layer: Module>(
    _ x: Tensor, _ layers: [Layer], layersPerCheckpoint: Int?,
    _ apply: @escaping (Layer, Tensor) -> Tensor
) -> Tensor {
    func run(_ group: some Sequence<Layer>, _ x: Tensor) -> Tensor {
        group.reduce(x) { apply($1, $0) }
    }
    guard let layersPerCheckpoint, isGradEnabled else { return run(layers, x) }
    let mode = ExecutionMode.current
    let size = max(1, layersPerCheckpoint)
    return stride(from: 0, to: layers.count, by: size).reduce(x) { x, first in
        let group = layers[first..<min(first + size, layers.count)]
        let isTrained =
            x.requiresGrad || group.contains { $0.parameters().contains(where: \.requiresGrad) }
        guard isTrained else { return run(group, x) }
        return x.recomputed { input in
            ExecutionMode.$current.withValue(mode) { run(group, input) }
        }
    }
}
