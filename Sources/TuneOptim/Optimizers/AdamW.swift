public import TuneBase
public import TuneTorch

/// Adam with decoupled weight decay (Loshchilov and Hutter, 2019), one fused kernel per group.
///
/// Agrees with `torch.optim.AdamW(fused=True)`, the default of the Python Trainer. It remembers
/// `step`, the running mean of the gradient `exp_avg`, and that of its square `exp_avg_sq`.
public final class AdamW: Optimizer {
    /// The decay of the two running means.
    public private(set) var betas: (Double, Double)
    /// Added to the root of the second moment.
    public private(set) var epsilon: Double

    /// Creates an optimizer of one group.
    public convenience init(
        _ parameters: [NamedParameter], learningRate: Double = 1e-3,
        betas: (Double, Double) = (0.9, 0.999), epsilon: Double = 1e-8, weightDecay: Double = 1e-2
    ) {
        let group = ParameterGroup(
            parameters, learningRate: learningRate, weightDecay: weightDecay)
        self.init(groups: [group], betas: betas, epsilon: epsilon)
    }

    /// Creates an optimizer of one group: `AdamW(model.namedParameters(), learningRate: 5e-5)`.
    public convenience init(
        _ parameters: [(name: String, tensor: Tensor)], learningRate: Double = 1e-3,
        betas: (Double, Double) = (0.9, 0.999), epsilon: Double = 1e-8, weightDecay: Double = 1e-2
    ) {
        self.init(
            parameters.map { NamedParameter($0.name, $0.tensor) }, learningRate: learningRate,
            betas: betas, epsilon: epsilon, weightDecay: weightDecay)
    }

    /// Creates an optimizer of several groups.
    public init(
        groups: [ParameterGroup], betas: (Double, Double) = (0.9, 0.999), epsilon: Double = 1e-8
    ) {
        self.betas = betas
        self.epsilon = epsilon
        super.init(groups: groups)
    }

    /// The kernel takes the factor along.
    public override var appliesGradientFactor: Bool { true }

    /// The class.
    public override var kind: String { "AdamW" }

    /// `betas` and `eps`.
    public override var hyperparameters: JSONObject {
        JSONObject([
            ("betas", .array([.double(betas.0), .double(betas.1)])), ("eps", .double(epsilon)),
        ])
    }

    /// Reads `betas` and `eps`.
    public override func adopting(_ saved: JSONFields) throws -> () -> Void {
        let betas = saved.object["betas"]?.array?.compactMap(\.double) ?? []
        guard betas.count == 2 else {
            throw TuneError(.badData, "\(saved.source): 'betas' is not a pair of numbers.")
        }
        let epsilon = try saved.double("eps")
        return {
            self.betas = (betas[0], betas[1])
            self.epsilon = epsilon
        }
    }

    /// The step, and two moments of the parameter's shape.
    public override func stateLayout(of parameter: Tensor) -> [StateTensor] {
        [
            .step(on: parameter.device), StateTensor("exp_avg", like: parameter),
            StateTensor("exp_avg_sq", like: parameter),
        ]
    }

    /// One call of the kernel.
    public override func update(_ parameters: [ParameterUpdate], of group: ParameterGroup) {
        func states(_ name: String) -> [Tensor] { parameters.compactMap { $0.state[name] } }
        let steps = states("step")
        countSteps(steps)
        fusedAdamW(
            parameters: parameters.map(\.parameter), gradients: parameters.map(\.gradient),
            expAverages: states("exp_avg"), expAverageSquares: states("exp_avg_sq"), steps: steps,
            learningRate: group.learningRate, beta1: betas.0, beta2: betas.1,
            weightDecay: group.weightDecay, epsilon: epsilon, gradientFactor: gradientFactor)
    }
}
