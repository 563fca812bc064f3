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
    case .sgd: return try SGD(groups: groups, settings: arguments.sgd())
    case .adafactor: return try Adafactor(groups: groups, settings: arguments.adafactor())
    case .adagrad: return try Adagrad(groups: groups, settings: arguments.adagrad())
    case .rmsprop: return try RMSprop(groups: groups, settings: arguments.rmsprop())
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
        case .sgd: ["momentum", "dampening", "nesterov"]
        case .adafactor: ["beta1", "clip_threshold", "decay_rate"]
        case .adagrad: ["lr_decay", "eps"]
        case .rmsprop: ["momentum", "alpha", "eps", "centered"]
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

    func sgd() throws -> SGD.Settings {
        var settings = SGD.Settings()
        try set("momentum", &settings.momentum)
        try set("dampening", &settings.dampening)
        try set("nesterov", &settings.nesterov)
        return settings
    }

    func adafactor() throws -> Adafactor.Settings {
        var settings = Adafactor.Settings()
        var beta1 = 0.0
        try set("beta1", &beta1)
        if values["beta1"] != nil { settings.beta1 = beta1 }
        try set("clip_threshold", &settings.clipThreshold)
        try set("decay_rate", &settings.decayRate)
        return settings
    }

    func adagrad() throws -> Adagrad.Settings {
        var settings = Adagrad.Settings()
        try set("lr_decay", &settings.learningRateDecay)
        try set("eps", &settings.epsilon)
        return settings
    }

    func rmsprop() throws -> RMSprop.Settings {
        var settings = RMSprop.Settings()
        try set("momentum", &settings.momentum)
        try set("alpha", &settings.alpha)
        try set("eps", &settings.epsilon)
        try set("centered", &settings.centered)
        return settings
    }
}
