public import TuneBase
public import TuneTorch

/// Everything that an optimizer needs to go on elsewhere as if it had never stopped.
public struct OptimizerState {
    /// The tensors by name: that of the parameter, a dot, and PyTorch's name of the tensor.
    public var tensors: [(String, Tensor)]
    /// The kind of optimizer, its hyper-parameters, and for every group its own ones and the names
    /// of its parameters.
    public var values: JSONObject

    /// Joins tensors and values.
    public init(tensors: [(String, Tensor)], values: JSONObject) {
        self.tensors = tensors
        self.values = values
    }
}

extension Optimizer {
    /// The state, to be saved.
    ///
    /// The tensors are the optimizer's own, which the next step changes.
    public var exportedState: OptimizerState {
        let tensors = parameters.flatMap { parameter -> [(String, Tensor)] in
            guard let known = state[parameter.name] else { return [] }
            return stateLayout(of: parameter.tensor).compactMap { entry in
                known[entry.name].map { ("\(parameter.name).\(entry.name)", $0) }
            }
        }
        let saved = groups.map { group in
            JSONValue.object(
                JSONObject([
                    ("lr", .double(group.learningRate)),
                    ("weight_decay", .double(group.weightDecay)),
                    ("params", .array(group.parameters.map { .string($0.name) })),
                ]))
        }
        return OptimizerState(
            tensors: tensors,
            values: JSONObject([
                ("kind", .string(kind)), ("hyperparameters", .object(hyperparameters)),
                ("groups", .array(saved)),
            ]))
    }

    /// Goes on from a saved state: moments, hyper-parameters and learning rates.
    ///
    /// - Parameter saved: What ``exportedState`` gave, of an optimizer of the same kind over the
    ///   same parameters; the tensors are copied.
    /// - Throws: `TuneError` that names the first thing that does not fit; nothing has changed then.
    public func restore(_ saved: OptimizerState) throws {
        let fields = try JSONFields(.object(saved.values), source: "The state of the optimizer")
        let wanted = try fields.string("kind")
        guard wanted == kind else {
            throw misfit("it is of the kind \(wanted), this optimizer is \(kind)")
        }
        let adopt = try adopting(
            JSONFields(
                fields.object["hyperparameters"] ?? .null,
                source: "The state of the optimizer, hyperparameters"))
        let goBack = try adopting(
            JSONFields(.object(hyperparameters), source: "This optimizer's hyperparameters"))
        let groups = try savedGroups(fields)
        // Which tensors are remembered depends on the hyper-parameters.
        adopt()
        var isRestored = false
        defer { if !isRestored { goBack() } }
        let restored = try ownedState(TensorsByName(saved.tensors))
        guard !hasTorchFailed else { return }
        isRestored = true
        self.groups = groups
        state = restored
    }

    /// The groups with the learning rates and decays that were saved.
    private func savedGroups(_ fields: JSONFields) throws -> [ParameterGroup] {
        let saved = fields.object["groups"]?.array ?? []
        guard saved.count == groups.count else {
            throw misfit("it has \(saved.count) groups, this optimizer \(groups.count)")
        }
        return try zip(groups.indices, saved).map { index, value in
            let fields = try JSONFields(
                value, source: "The state of the optimizer, group \(index)")
            try checkNames(fields.object["params"]?.array ?? [], index)
            var group = groups[index]
            group.learningRate = try fields.double("lr")
            group.weightDecay = try fields.double("weight_decay")
            return group
        }
    }

    private func checkNames(_ saved: [JSONValue], _ group: Int) throws {
        let names = groups[group].parameters.map(\.name)
        for (position, (name, value)) in zip(names, saved).enumerated() {
            guard value.string != name else { continue }
            throw misfit(
                "parameter \(position) of group \(group) is '\(value.string ?? value.kind)', that of this optimizer '\(name)'"
            )
        }
        guard saved.count == names.count else {
            throw misfit(
                "group \(group) has \(saved.count) parameters, that of this optimizer \(names.count)"
            )
        }
    }

    /// Copies of the saved tensors, by parameter.
    private func ownedState(_ saved: TensorsByName) throws -> [String: ParameterState] {
        if let twice = saved.repeated { throw misfit("'\(twice)' appears twice") }
        var left = saved.tensors
        var result: [String: ParameterState] = [:]
        for parameter in parameters {
            let layout = stateLayout(of: parameter.tensor)
            let names = layout.map { "\(parameter.name).\($0.name)" }
            guard names.contains(where: { left[$0] != nil }) else { continue }
            for (entry, name) in zip(layout, names) {
                guard let tensor = left.removeValue(forKey: name) else {
                    throw misfit("'\(name)' is missing")
                }
                try check(tensor, name, entry)
                result[parameter.name, default: [:]][entry.name] =
                    withoutGradients { tensor.to(entry.device).clone() }
            }
        }
        if let extra = left.keys.min() {
            throw misfit("'\(extra)' belongs to nothing in this optimizer")
        }
        return result
    }

    private func check(_ tensor: Tensor, _ name: String, _ entry: StateTensor) throws {
        guard tensor.shape == entry.shape, tensor.dtype == entry.dtype else {
            throw misfit(
                "'\(name)' is \(tensor.dtype.shortName)\(tensor.shape), needed is \(entry.dtype.shortName)\(entry.shape)"
            )
        }
    }

    private func misfit(_ problem: String) -> TuneError {
        TuneError(
            .badData, "The state of the optimizer does not fit: \(problem).",
            remedy: "Use the model and the optimizer of the run that saved it.")
    }
}

/// Tensors to look up by name.
private struct TensorsByName {
    var tensors: [String: Tensor] = [:]
    /// A name that came more than once.
    var repeated: String?

    init(_ list: [(String, Tensor)]) {
        for (name, tensor) in list where tensors.updateValue(tensor, forKey: name) != nil {
            repeated = name
        }
    }
}
