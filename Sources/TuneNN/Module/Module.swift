public import TuneTorch

/// The base of every layer and model: a tree of parameters found by reflection.
///
/// A subclass declares its parameters (`Tensor`, `Tensor?`) and sub-modules (`Module`, `Module?`,
/// `[Module]`) as `let` fields in the order in which PyTorch registers them. A parameter's name is
/// the path of field names in snake case, so it equals the key in a Hugging Face checkpoint;
/// the few names that no rule gives are listed in ``checkpointNames``.
open class Module {
    /// Creates a module in training mode.
    public init() {}

    /// Checkpoint names that are not the snake case of the field, such as `LayerNorm` or `self`.
    open class var checkpointNames: [String: String] { [:] }

    /// Whether dropout and the like are active.
    public private(set) var isTraining = true

    /// The precision in which a call of a ``TrainableModel`` computes, set by an accelerator; nil
    /// for the types of parameters and inputs.
    public var autocast: Autocast?

    private var cachedFields: [Field]?

    /// Fills this layer's own parameters by PyTorch's default initialisation, drawing from the
    /// default generator exactly as the Python constructor does.
    open func resetParameters() {}

    /// Fills this layer's own parameters as Hugging Face models do: weights normal with standard
    /// deviation `range`, biases zero, normalisation to identity.
    ///
    /// Parameters whose identity is in `kept` already hold their values.
    open func initializeWeights(range: Double, keeping kept: (Tensor) -> Bool) {}
}

/// One parameter or group of sub-modules, as declared.
private enum Field {
    case parameter(name: String, Tensor)
    case module(name: String, Module)
}

extension Module {
    /// All parameters with their full names, in registration order.
    public func namedParameters() -> [(name: String, tensor: Tensor)] {
        var result: [(name: String, tensor: Tensor)] = []
        collectParameters(prefix: "", into: &result)
        return result
    }

    /// All parameters in registration order.
    public func parameters() -> [Tensor] { namedParameters().map(\.tensor) }

    /// This module and all below it with their full names; children before their parent.
    public func namedModules() -> [(name: String, module: Module)] {
        var result: [(name: String, module: Module)] = []
        collectModules(name: "", into: &result)
        return result
    }

    /// The direct sub-modules with their names, in registration order.
    public func namedChildren() -> [(name: String, module: Module)] {
        fields.compactMap {
            if case .module(let name, let child) = $0 { (name, child) } else { nil }
        }
    }

    /// The parameters that are fields of this module itself.
    public func ownParameters() -> [(name: String, tensor: Tensor)] {
        fields.compactMap {
            if case .parameter(let name, let tensor) = $0 { (name, tensor) } else { nil }
        }
    }

    /// Switches training mode on or off, for this module and all below it.
    public func train(_ isOn: Bool = true) {
        isTraining = isOn
        for (_, child) in namedChildren() { child.train(isOn) }
    }

    /// Switches to evaluation mode.
    public func eval() { train(false) }

    /// Moves all parameters, in place, to a device.
    public func to(_ device: Device) {
        for parameter in parameters() where parameter.device != device {
            parameter.setData(parameter.detached().to(device))
        }
    }

    /// Converts all parameters, in place, to a floating-point type.
    public func to(_ dtype: DType) {
        for parameter in parameters() where parameter.dtype != dtype {
            parameter.setData(parameter.detached().to(dtype))
        }
    }

    /// The number of scalars in all parameters; `trainableOnly` counts those that learn.
    public func parameterCount(trainableOnly: Bool = false) -> Int {
        parameters().filter { !trainableOnly || $0.requiresGrad }.map(\.count).reduce(0, +)
    }

    private func collectParameters(
        prefix: String, into result: inout [(name: String, tensor: Tensor)]
    ) {
        for field in fields {
            switch field {
            case .parameter(let name, let tensor): result.append((prefix + name, tensor))
            case .module(let name, let child):
                child.collectParameters(prefix: "\(prefix)\(name).", into: &result)
            }
        }
    }

    private func collectModules(
        name: String, into result: inout [(name: String, module: Module)]
    ) {
        let prefix = name.isEmpty ? "" : "\(name)."
        for (childName, child) in namedChildren() {
            child.collectModules(name: prefix + childName, into: &result)
        }
        result.append((name, self))
    }

    /// The declared parameters and sub-modules, base class first; found once, as fields are `let`.
    private var fields: [Field] {
        if let cachedFields { return cachedFields }
        var mirrors: [Mirror] = []
        var mirror: Mirror? = Mirror(reflecting: self)
        while let level = mirror, level.subjectType != Module.self {
            mirrors.append(level)
            mirror = level.superclassMirror
        }
        let names = type(of: self).checkpointNames
        let found = mirrors.reversed().flatMap { level in
            level.children.flatMap { child -> [Field] in
                guard let label = child.label else { return [] }
                return Self.fields(named: names[label] ?? snakeCased(label), child.value)
            }
        }
        cachedFields = found
        return found
    }

    private static func fields(named name: String, _ value: Any) -> [Field] {
        switch value {
        case let tensor as Tensor: [.parameter(name: name, tensor)]
        case let module as Module: [.module(name: name, module)]
        case let list as [Module]:
            list.enumerated().map { .module(name: "\(name).\($0)", $1) }
        default: []
        }
    }
}

/// The field name in snake case: `wordEmbeddings` becomes `word_embeddings`.
package func snakeCased(_ name: String) -> String {
    name.reduce(into: "") { result, character in
        if character.isUppercase, !result.isEmpty { result.append("_") }
        result += character.lowercased()
    }
}
