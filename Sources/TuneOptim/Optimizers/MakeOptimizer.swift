import TuneBase

/// An optimizer by name, as Python's Trainer makes it.
///
/// - Parameters:
///   - name: The value of `optim`.
///   - groups: The parameters with their learning rates and weight decays.
///   - betas: `adam_beta1` and `adam_beta2`, for AdamW.
///   - epsilon: `adam_epsilon`, for AdamW.
///   - optimArgs: The value of `optim_args`, `"key=value,key=value"`: for `sgd` momentum,
///     dampening and nesterov; for `adagrad` lr_decay and eps; for `rmsprop` momentum, alpha, eps
///     and centered; for `adafactor` beta1, clip_threshold and decay_rate.
/// - Returns: The optimizer, without state.
/// - Throws: `TuneError` for arguments that the optimizer does not take or that cannot be.
public func makeOptimizer(
    _ name: OptimizerName, groups: [ParameterGroup], betas: (Double, Double) = (0.9, 0.999),
    epsilon: Double = 1e-8, optimArgs: String? = nil
) throws -> Optimizer {
    let arguments = try OptimizerArguments(optimArgs ?? "", for: name)
    switch name {
    case .adamwTorchFused, .adamwTorch:
        return AdamW(groups: groups, betas: betas, epsilon: epsilon)
    case .sgd: return try SGD(groups: groups, settings: arguments.settings())
    case .adafactor: return try Adafactor(groups: groups, settings: arguments.settings())
    case .adagrad: return try Adagrad(groups: groups, settings: arguments.settings())
    case .rmsprop: return try RMSprop(groups: groups, settings: arguments.settings())
    }
}

extension OptimizerName {
    /// Refuses a value of `optim_args` that ``makeOptimizer(_:groups:betas:epsilon:optimArgs:)``
    /// would refuse, before there is a model.
    ///
    /// - Throws: `TuneError` that names the key and those that the optimizer takes.
    public func check(optimArgs: String?) throws {
        _ = try makeOptimizer(self, groups: [], optimArgs: optimArgs)
    }

    /// The keys of `optim_args` that this optimizer takes.
    var argumentNames: [String] {
        switch self {
        case .adamwTorchFused, .adamwTorch: []
        case .sgd: SGD.Settings.fields.map(\.name)
        // Python's Trainer does not pass Adafactor's eps on.
        case .adafactor: Adafactor.Settings.fields.map(\.name).filter { $0 != "eps" }
        case .adagrad: Adagrad.Settings.fields.map(\.name)
        case .rmsprop: RMSprop.Settings.fields.map(\.name)
        }
    }
}

/// The value of `optim_args`, read.
struct OptimizerArguments {
    private let optimizer: OptimizerName
    private var values: [String: String] = [:]

    init(_ text: String, for optimizer: OptimizerName) throws {
        self.optimizer = optimizer
        let compact = text.filter { $0 != " " }
        guard !compact.isEmpty else { return }
        for part in compact.split(separator: ",", omittingEmptySubsequences: false) {
            let sides = part.split(separator: "=", omittingEmptySubsequences: false).map(
                String.init)
            guard sides.count == 2, !sides[0].isEmpty, !sides[1].isEmpty else {
                throw TuneError(
                    .badConfig, "optim_args has '\(part)' where key=value is needed.",
                    remedy: "Write key=value,key=value.")
            }
            try check(key: sides[0])
            guard values.updateValue(sides[1], forKey: sides[0]) == nil else {
                throw TuneError(
                    .badConfig, "optim_args gives '\(sides[0])' twice.", remedy: "Give it once.")
            }
        }
    }

    private func check(key: String) throws {
        let known = optimizer.argumentNames
        guard !known.contains(key) else { return }
        throw TuneError(
            .badConfig, "The optimizer \(optimizer.rawValue) takes no '\(key)' in optim_args.",
            remedy: key == "weight_decay"
                ? "Use the argument weight_decay, which decides in Python too."
                : known.isEmpty
                    ? "It takes none: use adam_beta1, adam_beta2 and adam_epsilon."
                    : suggestion(for: key, among: known))
    }

    private func set(_ key: String, _ target: inout Double) throws {
        guard let text = values[key] else { return }
        guard let value = Double(text), value.isFinite else {
            throw invalid(key, text, "a number")
        }
        target = value
    }

    private func set(_ key: String, _ target: inout Bool) throws {
        guard let text = values[key] else { return }
        switch text.lowercased() {
        case "true", "1", "yes": target = true
        case "false", "0", "no": target = false
        default: throw invalid(key, text, "true or false")
        }
    }

    private func invalid(_ key: String, _ text: String, _ needed: String) -> TuneError {
        TuneError(
            .badConfig, "optim_args: '\(key)' is '\(text)' where \(needed) is needed.",
            remedy: "Write \(key)=value with \(needed).")
    }

    /// The settings of an optimizer, with its defaults for what is not given.
    func settings<Settings: OptimizerSettings>() throws -> Settings {
        var settings = Settings()
        for field in Settings.fields {
            switch field {
            case .number(let name, let path): try set(name, &settings[keyPath: path])
            case .flag(let name, let path): try set(name, &settings[keyPath: path])
            case .optionalNumber(let name, let path):
                var value = settings[keyPath: path] ?? 0
                try set(name, &value)
                if values[name] != nil { settings[keyPath: path] = value }
            }
        }
        return settings
    }
}
