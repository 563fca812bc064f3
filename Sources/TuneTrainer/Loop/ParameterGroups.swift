import TuneNN
import TuneOptim
import TuneTorch

/// The trainable parameters in two groups: with weight decay, then without.
///
/// Exempt are the parameters of layer normalisations, and those whose name says bias or norm.
func decayGroups(
    _ model: any TrainableModel, learningRate: Double, weightDecay: Double
) -> [ParameterGroup] {
    let exempt = normalizationParameterNames(model)
    return decayGroups(model, learningRate: learningRate, weightDecay: weightDecay) {
        !exempt.contains($0) && !namesBiasOrNorm($0)
    }
}

/// The trainable parameters in two groups: those that decay by their names, then the others.
func decayGroups(
    _ model: any TrainableModel, learningRate: Double, weightDecay: Double,
    where decays: @escaping (String) -> Bool
) -> [ParameterGroup] {
    let trainable = model.namedParameters().filter(\.tensor.requiresGrad)
        .map { NamedParameter($0.name, $0.tensor) }
    let isDecayed = { (parameter: NamedParameter) in decays(parameter.name) }
    return [
        ParameterGroup(
            trainable.filter(isDecayed), learningRate: learningRate, weightDecay: weightDecay),
        ParameterGroup(
            trainable.filter { !isDecayed($0) }, learningRate: learningRate, weightDecay: 0),
    ]
}

private func normalizationParameterNames(_ model: any TrainableModel) -> Set<String> {
    var names: Set<String> = []
    for (prefix, module) in model.namedModules() where module is LayerNorm {
        for (name, _) in module.ownParameters() { names.insert("\(prefix).\(name)") }
    }
    return names
}

/// Whether a parameter's name marks it as bias or as part of a normalisation.
func namesBiasOrNorm(_ name: String) -> Bool {
    let name = name.lowercased()
    return ["bias", "layernorm", "rmsnorm"].contains { name.contains($0) }
        || name.split(separator: ".").contains { $0 == "norm" || $0.hasSuffix("_norm") }
}
