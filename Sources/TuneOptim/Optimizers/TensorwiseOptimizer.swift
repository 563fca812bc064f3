public import TuneTorch

/// An optimizer that changes one parameter at a time with tensor operations, in place.
open class TensorwiseOptimizer: Optimizer {
    /// Changes a parameter of a group.
    open func update(_ parameter: ParameterUpdate, of group: ParameterGroup) {}

    /// Changes one parameter after another.
    open override func update(_ parameters: [ParameterUpdate], of group: ParameterGroup) {
        for parameter in parameters { update(parameter, of: group) }
    }
}

extension ParameterUpdate {
    /// A tensor of the state, by a name of ``Optimizer/stateLayout(of:)``.
    ///
    /// Any other name is a mistake in the optimizer's code: new states are made from the layout,
    /// and a saved one is refused unless it has exactly the tensors of the layout.
    public subscript(name: String) -> Tensor {
        guard let tensor = state[name] else {
            preconditionFailure("stateLayout(of:) has no tensor '\(name)'")
        }
        return tensor
    }

    /// Counts this update and gives its number.
    func countStep() -> Double { self["step"].add_(1).item() }

    /// The gradient with the weight decay of the group added, as L2 regularisation asks.
    func decayedGradient(_ group: ParameterGroup) -> Tensor {
        group.weightDecay == 0
            ? gradient : gradient.adding(parameter, alpha: group.weightDecay)
    }
}
