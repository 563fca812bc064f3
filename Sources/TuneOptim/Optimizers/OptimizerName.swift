import TuneBase

/// The optimizers by the names of `optim`.
public enum OptimizerName: String, Sendable, CaseIterable {
    /// AdamW in one kernel per group of parameters.
    case adamwTorchFused = "adamw_torch_fused"
    /// AdamW; computed by the same kernel, which gives the same numbers.
    case adamwTorch = "adamw_torch"
    /// Gradient descent, with momentum by `optim_args`.
    case sgd
    /// Adafactor with the learning rate of the schedule.
    case adafactor
    /// Adagrad.
    case adagrad
    /// RMSprop.
    case rmsprop

    /// The optimizer with the given name.
    ///
    /// - Throws: `TuneError` that lists the known names.
    public init(named name: String) throws {
        guard let optimizer = OptimizerName(rawValue: name) else {
            throw TuneError(
                .badConfig, "The optimizer '\(name)' is not known.",
                remedy: suggestion(for: name, among: Self.allCases.map(\.rawValue)))
        }
        self = optimizer
    }
}
