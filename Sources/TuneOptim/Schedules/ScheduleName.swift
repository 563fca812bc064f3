public import TuneBase

/// The learning-rate schedules by the names of `lr_scheduler_type`.
public enum ScheduleName: String, Sendable, CaseIterable {
    /// Falls linearly to 0.
    case linear
    /// Falls along a cosine to 0.
    case cosine
    /// Falls along a cosine to 0 several times.
    case cosineWithRestarts = "cosine_with_restarts"
    /// Falls to an end rate by a power of the remaining share.
    case polynomial
    /// Stays, without warm-up.
    case constant
    /// Stays after the warm-up.
    case constantWithWarmup = "constant_with_warmup"
    /// Falls with the inverse root of the step.
    case inverseSqrt = "inverse_sqrt"
    /// Falls when a metric has stopped improving.
    case reduceLROnPlateau = "reduce_lr_on_plateau"
    /// Falls along a cosine to a lowest rate.
    case cosineWithMinLR = "cosine_with_min_lr"
    /// As `cosine_with_min_lr`, with a warm-up that does not begin at 0.
    case cosineWarmupWithMinLR = "cosine_warmup_with_min_lr"
    /// Rises, stays, and falls at the end.
    case warmupStableDecay = "warmup_stable_decay"
    /// Rises while a metric improves and falls while it does not.
    case greedy

    /// The schedule with the given name.
    ///
    /// - Throws: `TuneError` that lists the known names.
    public init(named name: String) throws {
        guard let schedule = ScheduleName(rawValue: name) else {
            throw TuneError(
                .badConfig, "The learning-rate schedule '\(name)' is not known.",
                remedy: suggestion(for: name, among: Self.allCases.map(\.rawValue)))
        }
        self = schedule
    }

    /// Whether the schedule follows the metric of evaluations instead of the steps.
    public var followsMetric: Bool { self == .reduceLROnPlateau || self == .greedy }

    /// The keys of `lr_scheduler_kwargs` that the schedule takes.
    public var argumentNames: [String] {
        let lowest = ["min_lr", "min_lr_rate", "num_cycles"]
        let metric = ["mode", "factor", "patience", "threshold", "threshold_mode", "cooldown"]
        return switch self {
        case .linear, .constant, .constantWithWarmup: []
        case .cosine, .cosineWithRestarts: ["num_cycles"]
        case .polynomial: ["lr_end", "power"]
        case .inverseSqrt: ["timescale"]
        case .cosineWithMinLR: lowest
        case .cosineWarmupWithMinLR: lowest + ["warmup_lr_rate"]
        case .warmupStableDecay:
            [
                "num_decay_steps", "num_stable_steps", "warmup_type", "decay_type", "min_lr_ratio",
                "num_cycles",
            ]
        case .reduceLROnPlateau: metric + ["min_lr", "eps"]
        case .greedy:
            metric + [
                "warmup", "min_lr", "max_lr", "eps", "smooth", "window_size", "reset_start",
            ]
        }
    }

    /// Refuses values of `lr_scheduler_kwargs` that ``getScheduler(_:optimizer:numWarmupSteps:numTrainingSteps:schedulerSpecificKwargs:)``
    /// would refuse, before there is an optimizer.
    ///
    /// - Parameters:
    ///   - kwargs: The arguments.
    ///   - learningRate: The learning rate with which the training begins.
    /// - Throws: `TuneError` that names the key.
    public func check(kwargs: JSONObject, learningRate: Double) throws {
        let groups = [
            ParameterGroup([NamedParameter](), learningRate: learningRate, weightDecay: 0)
        ]
        _ = try getScheduler(
            self, optimizer: Optimizer(groups: groups), numTrainingSteps: 1,
            schedulerSpecificKwargs: kwargs)
    }
}
