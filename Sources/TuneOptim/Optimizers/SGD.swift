import TuneBase
public import TuneTorch

/// Stochastic gradient descent with momentum, as `torch.optim.SGD`.
///
/// Weight decay is added to the gradient. With momentum it remembers `momentum_buffer`.
public final class SGD: ConfiguredOptimizer<SGD.Settings> {
    /// What all groups share.
    public struct Settings: OptimizerSettings {
        /// How much of the last direction is kept.
        public var momentum = 0.0
        /// How much of the gradient does not enter the direction.
        public var dampening = 0.0
        /// Whether the step looks ahead along the new direction (Nesterov).
        public var nesterov = false

        /// The defaults: plain gradient descent.
        public init() {}

        /// `momentum`, `dampening` and `nesterov`.
        public static var fields: [OptimizerSetting<Self>] {
            [
                .number("momentum", \.momentum), .number("dampening", \.dampening),
                .flag("nesterov", \.nesterov),
            ]
        }

        /// Refuses a negative momentum, and Nesterov's form without momentum or with dampening.
        public func check() throws {
            try checkSetting("SGD", "momentum", momentum, is: momentum >= 0, "0 or more")
            guard nesterov, momentum <= 0 || dampening != 0 else { return }
            throw TuneError(
                .badConfig, "SGD with nesterov needs a momentum above 0 and a dampening of 0.",
                remedy: "Give momentum, or leave nesterov out.")
        }
    }

    /// With momentum, the direction so far.
    public override func stateLayout(of parameter: Tensor) -> [StateTensor] {
        settings.momentum == 0 ? [] : [StateTensor("momentum_buffer", like: parameter)]
    }

    /// One step down the gradient or along the direction.
    public override func update(_ parameter: ParameterUpdate, of group: ParameterGroup) {
        var direction = parameter.decayedGradient(group)
        if settings.momentum != 0 {
            let buffer = parameter["momentum_buffer"]
            if parameter.isFirst {
                buffer.copy_(direction)
            } else {
                buffer.mul_(settings.momentum).add_(direction, alpha: 1 - settings.dampening)
            }
            direction =
                settings.nesterov ? direction.adding(buffer, alpha: settings.momentum) : buffer
        }
        parameter.parameter.add_(direction, alpha: -group.learningRate)
    }
}
