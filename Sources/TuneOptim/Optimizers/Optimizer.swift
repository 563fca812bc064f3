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
    /// The decoupled weight decay.
    public var weightDecay: Double

    /// Creates a group.
    public init(_ parameters: [NamedParameter], learningRate: Double, weightDecay: Double) {
        self.parameters = parameters
        self.learningRate = learningRate
        self.weightDecay = weightDecay
    }
}

/// Changes parameters by their gradients.
open class Optimizer {
    /// The groups in order; their learning rates may be changed between steps.
    public var groups: [ParameterGroup]
    /// Whether ``step()`` and ``zeroGrad()``, and the steps of attached schedules, do nothing for
    /// now, because further batches are to add to the gradients.
    public var isAccumulating = false

    /// What the next ``step()`` multiplies gradients with; 1 again afterwards.
    ///
    /// So clipping needs no pass of its own. Has an effect where ``appliesGradientFactor`` is true.
    public var gradientFactor = 1.0
    /// Whether this optimizer knows ``gradientFactor``.
    open var appliesGradientFactor: Bool { false }

    /// Creates an optimizer of the given groups.
    public init(groups: [ParameterGroup]) { self.groups = groups }

    /// Updates every parameter that has a gradient.
    open func step() {}

    /// Forgets all gradients, so that the next backward pass stores fresh ones.
    public func zeroGrad() {
        guard !isAccumulating else { return }
        for group in groups {
            for parameter in group.parameters { parameter.tensor.grad = nil }
        }
    }

    /// The parameters of all groups, in order.
    public var parameters: [NamedParameter] { groups.flatMap(\.parameters) }
}
