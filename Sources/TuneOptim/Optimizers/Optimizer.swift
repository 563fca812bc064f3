public import TuneBase
public import TuneTorch

/// What an optimizer remembers about one parameter, by PyTorch's names: `step`, `exp_avg`.
public typealias ParameterState = [String: Tensor]

/// One tensor that an optimizer remembers about a parameter.
public struct StateTensor {
    /// PyTorch's name: `exp_avg`.
    public let name: String
    /// The size of each axis.
    public let shape: [Int]
    /// The type of the elements.
    public let dtype: DType
    /// Where the tensor is.
    public let device: Device

    /// Describes a tensor.
    public init(_ name: String, _ shape: [Int], _ dtype: DType, _ device: Device) {
        self.name = name
        self.shape = shape
        self.dtype = dtype
        self.device = device
    }

    /// A tensor of the shape and type of a parameter.
    public init(_ name: String, like parameter: Tensor) {
        self.init(name, parameter.shape, parameter.dtype, parameter.device)
    }

    /// The number of updates, a `float32` tensor without axes.
    public static func step(on device: Device = .cpu) -> StateTensor {
        StateTensor("step", [], .float32, device)
    }
}

/// A parameter that is due to change, with what belongs to it.
public struct ParameterUpdate {
    /// The name of the parameter.
    public let name: String
    /// The parameter.
    public let parameter: Tensor
    /// Its gradient.
    public let gradient: Tensor
    /// What the optimizer remembers about it, to be changed in place.
    public let state: ParameterState
    /// Whether the state is new, all zeros.
    public let isFirst: Bool
}

/// Changes parameters by their gradients.
///
/// An optimizer of your own overrides ``stateLayout(of:)`` and ``update(_:of:)``, and has its state
/// saved and restored. One with hyper-parameters beyond those of the groups also overrides
/// ``hyperparameters`` and ``adopting(_:)``.
open class Optimizer {
    /// The groups in order; their learning rates may be changed between steps.
    public var groups: [ParameterGroup]
    /// What is remembered, by parameter name; a parameter appears with its first update.
    public internal(set) var state: [String: ParameterState] = [:]
    /// Whether ``step()`` and ``zeroGrad()``, and the steps of attached schedules, do nothing for
    /// now, because further batches are to add to the gradients.
    public var isAccumulating = false

    /// What the next ``step()`` multiplies gradients with; 1 again afterwards.
    ///
    /// So clipping needs no pass of its own. Has an effect where ``appliesGradientFactor`` is true.
    public var gradientFactor = 1.0
    /// Whether this optimizer knows ``gradientFactor``.
    open var appliesGradientFactor: Bool { false }

    /// Whether the last ``step()`` changed nothing, because memory for it ran out or a tensor
    /// operation had failed before, so that it may be made again.
    public private(set) var hasRefusedStep = false

    /// Creates an optimizer of the given groups.
    public init(groups: [ParameterGroup]) { self.groups = groups }

    /// The name by which saved states know this optimizer: that of the class.
    open var kind: String { "\(type(of: self))" }

    /// The hyper-parameters that all groups share, by PyTorch's names.
    open var hyperparameters: JSONObject { JSONObject() }

    /// Reads the hyper-parameters of a saved state.
    ///
    /// - Parameter saved: What ``hyperparameters`` gave.
    /// - Returns: Sets them; called before the tensors are compared with ``stateLayout(of:)``, and
    ///   again with the former values if they do not fit.
    /// - Throws: `TuneError` for a value that is missing or cannot be.
    open func adopting(_ saved: JSONFields) throws -> () -> Void { {} }

    /// The tensors to remember about a parameter, zero at first.
    open func stateLayout(of parameter: Tensor) -> [StateTensor] { [] }

    /// Changes parameters of one group; gradients are not recorded meanwhile.
    open func update(_ parameters: [ParameterUpdate], of group: ParameterGroup) {}

    /// Updates every parameter that has a gradient.
    ///
    /// The memory of all groups is taken before the first parameter changes: when it runs out, or
    /// when a tensor operation has failed before, no parameter changes.
    open func step() {
        guard !isAccumulating else { return }
        withoutGradients {
            let updates = groups.map(dueUpdates)
            hasRefusedStep = hasTorchFailed
            guard !hasRefusedStep else { return }
            updates.forEach(remember)
            for (group, updates) in zip(groups, updates) where !updates.isEmpty {
                update(updates, of: group)
            }
        }
        gradientFactor = 1
    }

    private func dueUpdates(of group: ParameterGroup) -> [ParameterUpdate] {
        group.parameters.compactMap { parameter in
            guard let gradient = parameter.tensor.grad else { return nil }
            let known = state[parameter.name]
            return ParameterUpdate(
                name: parameter.name, parameter: parameter.tensor, gradient: gradient,
                state: known ?? emptyState(stateLayout(of: parameter.tensor)),
                isFirst: known == nil)
        }
    }

    private func remember(_ updates: [ParameterUpdate]) {
        for update in updates where update.isFirst && !update.state.isEmpty {
            state[update.name] = update.state
        }
    }

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

/// Zeros for every tensor of a layout.
func emptyState(_ layout: [StateTensor]) -> ParameterState {
    ParameterState(
        uniqueKeysWithValues: layout.map {
            ($0.name, .zeros($0.shape, dtype: $0.dtype, device: $0.device))
        })
}
