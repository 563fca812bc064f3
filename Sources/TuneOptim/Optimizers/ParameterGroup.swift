public import TuneTorch

/// A parameter with the name that groups and reports refer to.
public struct NamedParameter {
    /// The full name, as in a checkpoint.
    public let name: String
    /// The parameter itself.
    public let tensor: Tensor

    /// Pairs a parameter with its name.
    public init(_ name: String, _ tensor: Tensor) {
        self.name = name
        self.tensor = tensor
    }
}

/// Parameters that share their hyper-parameters.
public struct ParameterGroup {
    /// The parameters in the order in which the optimizer numbers them.
    public let parameters: [NamedParameter]
    /// The step size; a scheduler rewrites it.
    public var learningRate: Double
    /// The weight decay: decoupled in ``AdamW`` and ``Adafactor``, added to the gradient in the
    /// others.
    public var weightDecay: Double

    /// Creates a group.
    public init(_ parameters: [NamedParameter], learningRate: Double, weightDecay: Double) {
        self.parameters = parameters
        self.learningRate = learningRate
        self.weightDecay = weightDecay
    }

    /// Creates a group of a model's parameters.
    public init(
        _ parameters: [(name: String, tensor: Tensor)], learningRate: Double, weightDecay: Double
    ) {
        self.init(
            parameters.map { NamedParameter($0.name, $0.tensor) }, learningRate: learningRate,
            weightDecay: weightDecay)
    }
}
