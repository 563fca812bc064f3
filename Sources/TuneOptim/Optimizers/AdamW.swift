public import TuneTorch

/// Adam with decoupled weight decay (Loshchilov and Hutter, 2019), one fused kernel per group.
///
/// Agrees with `torch.optim.AdamW(fused=True)`, the default of the Python Trainer.
public final class AdamW: Optimizer {
    /// The moments of one parameter.
    public struct State {
        /// The number of updates so far, a scalar of type float32.
        public let step: Tensor
        /// The running mean of the gradient.
        public let expAverage: Tensor
        /// The running mean of the squared gradient.
        public let expAverageSquare: Tensor
    }

    /// The decay of the two running means.
    public let betas: (Double, Double)
    /// Added to the root of the second moment.
    public let epsilon: Double
    /// The moments by parameter name; a parameter appears with its first update.
    public private(set) var state: [String: State] = [:]

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

    /// Updates every parameter that has a gradient.
    public override func step() {
        guard !isAccumulating else { return }
        withoutGradients { for group in groups { step(group) } }
        gradientFactor = 1
    }

    private func step(_ group: ParameterGroup) {
        let active = group.parameters.compactMap { parameter in
            parameter.tensor.grad.map { (parameter: parameter, gradient: $0) }
        }
        guard !active.isEmpty else { return }
        let states = active.map { moments(of: $0.parameter) }
        for state in states { state.step.add_(1) }
        fusedAdamW(
            parameters: active.map(\.parameter.tensor), gradients: active.map(\.gradient),
            expAverages: states.map(\.expAverage),
            expAverageSquares: states.map(\.expAverageSquare), steps: states.map(\.step),
            learningRate: group.learningRate, beta1: betas.0, beta2: betas.1,
            weightDecay: group.weightDecay, epsilon: epsilon, gradientFactor: gradientFactor)
    }

    private func moments(of parameter: NamedParameter) -> State {
        if let known = state[parameter.name] { return known }
        let tensor = parameter.tensor
        func zeros(_ shape: [Int], _ dtype: DType) -> Tensor {
            .zeros(shape, dtype: dtype, device: tensor.device)
        }
        let fresh = State(
            step: zeros([], .float32), expAverage: zeros(tensor.shape, tensor.dtype),
            expAverageSquare: zeros(tensor.shape, tensor.dtype))
        state[parameter.name] = fresh
        return fresh
    }
}
