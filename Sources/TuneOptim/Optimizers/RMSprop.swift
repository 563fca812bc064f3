public import TuneTorch

/// Gradients divided by the root of their running mean square, as `torch.optim.RMSprop`.
///
/// Weight decay is added to the gradient. It remembers `step`, `square_avg`, with momentum
/// `momentum_buffer`, and `grad_avg` when centered.
public final class RMSprop: ConfiguredOptimizer<RMSprop.Settings> {
    /// What all groups share.
    public struct Settings: OptimizerSettings {
        /// How much of the last direction is kept.
        public var momentum = 0.0
        /// The decay of the running means.
        public var alpha = 0.99
        /// Added to the root.
        public var epsilon = 1e-8
        /// Whether the gradient is divided by its deviation from its mean.
        public var centered = false

        /// The defaults.
        public init() {}

        /// `momentum`, `alpha`, `eps` and `centered`.
        public static var fields: [OptimizerSetting<Self>] {
            [
                .number("momentum", \.momentum), .number("alpha", \.alpha),
                .number("eps", \.epsilon), .flag("centered", \.centered),
            ]
        }

        /// Refuses negative values.
        public func check() throws {
            for (name, value) in [("momentum", momentum), ("alpha", alpha), ("eps", epsilon)] {
                try checkSetting("RMSprop", name, value, is: value >= 0, "0 or more")
            }
        }
    }

    /// The step and the running means that the settings ask for.
    public override func stateLayout(of parameter: Tensor) -> [StateTensor] {
        var names = ["square_avg"]
        if settings.momentum > 0 { names.append("momentum_buffer") }
        if settings.centered { names.append("grad_avg") }
        return [.step()] + names.map { StateTensor($0, like: parameter) }
    }

    /// One step along the gradient, divided by its running size.
    public override func update(_ parameter: ParameterUpdate, of group: ParameterGroup) {
        parameter["step"].add_(1)
        let gradient = parameter.decayedGradient(group)
        let size = runningSize(parameter, gradient).add_(settings.epsilon)
        if settings.momentum > 0 {
            let buffer = parameter["momentum_buffer"]
            buffer.mul_(settings.momentum).addcdiv_(gradient, size)
            parameter.parameter.add_(buffer, alpha: -group.learningRate)
        } else {
            parameter.parameter.addcdiv_(gradient, size, value: -group.learningRate)
        }
    }

    /// The root of the mean square or, centered, of the variance; with memory of its own.
    private func runningSize(_ parameter: ParameterUpdate, _ gradient: Tensor) -> Tensor {
        let square = parameter["square_avg"]
        square.mul_(settings.alpha).addcmul_(gradient, gradient, value: 1 - settings.alpha)
        guard settings.centered else { return square.sqrt() }
        let mean = parameter["grad_avg"].lerp_(gradient, weight: 1 - settings.alpha)
        return square.clone().addcmul_(mean, mean, value: -1).sqrt_()
    }
}
