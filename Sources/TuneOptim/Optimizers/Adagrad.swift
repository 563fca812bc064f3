public import TuneTorch

/// Steps that shrink with the sum of squared gradients (Duchi et al., 2011), as
/// `torch.optim.Adagrad`.
///
/// Weight decay is added to the gradient. It remembers `step` and `sum`.
public final class Adagrad: ConfiguredOptimizer<Adagrad.Settings> {
    /// What all groups share.
    public struct Settings: OptimizerSettings {
        /// How fast the learning rate falls with the steps.
        public var learningRateDecay = 0.0
        /// Added to the root of the sum.
        public var epsilon = 1e-10

        /// The defaults.
        public init() {}

        /// `lr_decay` and `eps`.
        public static var fields: [OptimizerSetting<Self>] {
            [.number("lr_decay", \.learningRateDecay), .number("eps", \.epsilon)]
        }

        /// Refuses negative values.
        public func check() throws {
            try checkSetting(
                "Adagrad", "lr_decay", learningRateDecay, is: learningRateDecay >= 0, "0 or more")
            try checkSetting("Adagrad", "eps", epsilon, is: epsilon >= 0, "0 or more")
        }
    }

    /// The step, and the sum of squares of the parameter's shape.
    public override func stateLayout(of parameter: Tensor) -> [StateTensor] {
        [.step(), StateTensor("sum", like: parameter)]
    }

    /// One step down the gradient, divided by the root of the sum of squares.
    public override func update(_ parameter: ParameterUpdate, of group: ParameterGroup) {
        let step = parameter.countStep()
        let gradient = parameter.decayedGradient(group)
        let rate = group.learningRate / (1 + (step - 1) * settings.learningRateDecay)
        let root = parameter["sum"].addcmul_(gradient, gradient).sqrt().add_(settings.epsilon)
        parameter.parameter.addcdiv_(gradient, root, value: -rate)
    }
}
