import TuneBase
import TuneOptim

/// An optimizer of ours with the settings of Python's groups.
///
/// - Throws: `TuneError` for an optimizer or a setting that is not known here, and for settings
///   that differ between groups.
func makeOptimizer(_ saved: [PickleFields], _ groups: [ParameterGroup]) throws -> Optimizer {
    guard let first = saved.first else {
        throw TuneError(
            .badData, "The optimizer's state has no parameter groups.",
            remedy: "Use the file as the Python Trainer wrote it.")
    }
    let optimizer = try first.optimizer(groups)
    for other in saved.dropFirst() {
        let settings = try other.optimizer([]).hyperparameters
        guard settings == optimizer.hyperparameters else {
            throw TuneError(
                .badData, "\(other.source) has other settings than group 0.",
                remedy: "Optimizers here share all settings but learning rate and weight decay.")
        }
    }
    return optimizer
}

extension PickleFields {
    /// The optimizer that writes groups with these members.
    fileprivate func optimizer(_ groups: [ParameterGroup]) throws -> Optimizer {
        try refuse("maximize", unless: false)
        if has("betas") { return try adamW(groups) }
        if has("clip_threshold") { return try adafactor(groups) }
        if has("lr_decay") { return try Adagrad(groups: groups, settings: settings()) }
        if has("alpha") && has("centered") {
            return try RMSprop(groups: groups, settings: settings())
        }
        if has("momentum") && has("nesterov") {
            return try SGD(groups: groups, settings: settings())
        }
        throw TuneError(
            .badData, "\(source) is of an optimizer that is not known here.",
            remedy: "AdamW, SGD, Adafactor, Adagrad and RMSprop of PyTorch's kind can go on here.")
    }

    private func adamW(_ groups: [ParameterGroup]) throws -> Optimizer {
        try refuse("amsgrad", unless: false)
        try refuse("decoupled_weight_decay", unless: true)
        let betas = try doubles("betas")
        guard betas.count == 2, betas.allSatisfy((0..<1).contains) else {
            throw unknown("betas", "other than two numbers below 1")
        }
        return AdamW(groups: groups, betas: (betas[0], betas[1]), epsilon: try double("eps"))
    }

    /// The values of hyper-parameters, which have the same names in both programs.
    private func settings<Settings: OptimizerSettings>() throws -> Settings {
        var settings = Settings()
        for field in Settings.fields {
            switch field {
            case .number(let name, let path): settings[keyPath: path] = try double(name)
            case .flag(let name, let path): settings[keyPath: path] = try bool(name)
            case .optionalNumber(let name, let path):
                settings[keyPath: path] = try optionalDouble(name)
            }
        }
        return settings
    }

    private func adafactor(_ groups: [ParameterGroup]) throws -> Optimizer {
        for key in ["scale_parameter", "relative_step", "warmup_init"] {
            try refuse(key, unless: false)
        }
        var settings = Adafactor.Settings()
        guard let epsilon = try doubles("eps").first else { throw unknown("eps", "empty") }
        settings.epsilon = epsilon
        settings.clipThreshold = try double("clip_threshold")
        settings.decayRate = try double("decay_rate")
        settings.beta1 = try optionalDouble("beta1")
        return try Adafactor(groups: groups, settings: settings)
    }

    /// Refuses a switch in a position that is not known here; files of older versions lack some.
    private func refuse(_ key: String, unless needed: Bool) throws {
        guard has(key), try bool(key) != needed else { return }
        throw unknown(key, needed ? "false" : "true")
    }

    private func unknown(_ key: String, _ value: String) -> TuneError {
        TuneError(
            .badData, "\(source): '\(key)' is \(value), which optimizers here do not know.",
            remedy: "Finish the run in Python, or begin anew here from its model.")
    }
}
