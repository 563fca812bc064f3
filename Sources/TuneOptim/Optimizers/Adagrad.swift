public import TuneBase
public import TuneTorch

/// Steps that shrink with the sum of squared gradients (Duchi et al., 2011), as
/// `torch.optim.Adagrad`.
///
/// Weight decay is added to the gradient. It remembers `step` and `sum`.
public final class Adagrad: TensorwiseOptimizer {
    /// What all groups share.
    public struct Settings: Sendable, Equatable {
        /// How fast the learning rate falls with the steps.
        public var learningRateDecay = 0.0
        /// Added to the root of the sum.
        public var epsilon = 1e-10

        /// The defaults.
        public init() {}
    }

    /// What all groups share.
    public private(set) var settings: Settings

    /// Creates an optimizer of several groups.
    ///
    /// - Throws: `TuneError` for a negative setting.
    public init(groups: [ParameterGroup], settings: Settings = Settings()) throws {
        try settings.check()
        self.settings = settings
        super.init(groups: groups)
    }

    /// The class.
    public override var kind: String { "Adagrad" }

    /// `lr_decay` and `eps`.
    public override var hyperparameters: JSONObject {
        JSONObject([
            ("lr_decay", .double(settings.learningRateDecay)), ("eps", .double(settings.epsilon)),
        ])
    }

    /// Reads `lr_decay` and `eps`.
    public override func adopting(_ saved: JSONFields) throws -> () -> Void {
        var settings = Settings()
        settings.learningRateDecay = try saved.double("lr_decay")
        settings.epsilon = try saved.double("eps")
        try settings.check()
        return { self.settings = settings }
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

extension Adagrad.Settings {
    func check() throws {
        try checkSetting(
            "Adagrad", "lr_decay", learningRateDecay, is: learningRateDecay >= 0, "0 or more")
        try checkSetting("Adagrad", "eps", epsilon, is: epsilon >= 0, "0 or more")
    }
}
