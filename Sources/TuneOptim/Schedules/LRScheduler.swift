public import TuneBase

/// Sets the learning rates of an optimizer's groups, by the number of steps or by a metric.
///
/// By steps it is PyTorch's `LambdaLR`: the rate of a group is its base rate times a factor; making
/// the scheduler applies the factor of step 0, and each ``step()`` that of the next step. By a
/// metric it is `ReduceLROnPlateau` or `GreedyLR`, which move with ``step(metric:)`` only.
public final class LRScheduler {
    /// The steps taken so far; of a schedule that follows a metric, the metrics seen.
    public private(set) var lastEpoch = 0
    /// The learning rates before scheduling, one per group.
    public private(set) var baseLearningRates: [Double]
    /// The name of the schedule, by which saved states know it.
    public let kind: String

    private let optimizer: Optimizer
    private var rule: Rule

    /// What decides the rates.
    enum Rule {
        case factor(ScheduleFactor)
        case metric(any MetricRule)
    }

    /// Attaches a schedule of your own to an optimizer.
    ///
    /// - Parameters:
    ///   - optimizer: The optimizer whose rates are set.
    ///   - factor: The factor of the base rates at a step, counted from 0.
    public convenience init(_ optimizer: Optimizer, factor: @escaping (Int) -> Double) {
        self.init(optimizer, kind: "custom", rule: .factor(factor))
    }

    init(_ optimizer: Optimizer, kind: String, rule: Rule) {
        self.optimizer = optimizer
        self.kind = kind
        self.rule = rule
        baseLearningRates = optimizer.groups.map(\.learningRate)
        applyFactor()
    }

    /// Whether the schedule moves with ``step(metric:)`` and ignores ``step()``.
    public var followsMetric: Bool {
        if case .metric = rule { true } else { false }
    }

    /// Moves on by one step; nothing where the schedule follows a metric.
    public func step() {
        guard !optimizer.isAccumulating, !followsMetric else { return }
        lastEpoch += 1
        applyFactor()
    }

    /// Takes in the metric of an evaluation; nothing where the schedule follows the steps.
    public func step(metric: Double) {
        guard case .metric(var follower) = rule else { return }
        lastEpoch += 1
        setRates(follower.rates(after: metric, from: lastLearningRates))
        rule = .metric(follower)
    }

    /// The rates that the next optimizer step uses, one per group.
    public var lastLearningRates: [Double] { optimizer.groups.map(\.learningRate) }

    /// The rates that the schedule has at the present step; nil where it follows a metric.
    ///
    /// They differ from ``lastLearningRates`` after ``restore(_:)`` where the saved schedule had
    /// other arguments.
    public var scheduledLearningRates: [Double]? {
        guard case .factor(let factor) = rule else { return nil }
        let scale = factor(lastEpoch)
        return baseLearningRates.map { $0 * scale }
    }

    private func applyFactor() {
        if let rates = scheduledLearningRates { setRates(rates) }
    }

    private func setRates(_ rates: [Double]) {
        for (index, rate) in rates.enumerated() { optimizer.groups[index].learningRate = rate }
    }
}

extension LRScheduler {
    /// The state, to be saved: the kind, the steps, the rates, and what a metric has led to.
    public var exportedState: JSONObject {
        func list(_ numbers: [Double]) -> JSONValue { .array(numbers.map { .double($0) }) }
        var result = JSONObject([
            ("kind", .string(kind)), ("last_epoch", .int(lastEpoch)),
            ("base_lrs", list(baseLearningRates)), ("last_lr", list(lastLearningRates)),
        ])
        if case .metric(let follower) = rule { result["metric"] = .object(follower.values) }
        return result
    }

    /// Goes on from a saved state; sets the learning rates of the optimizer too.
    ///
    /// As in Python the base rates are the saved ones, while the number of steps in all and the
    /// arguments of the schedule are those of this scheduler.
    ///
    /// - Parameter saved: What ``exportedState`` gave, of a schedule of the same kind over as many
    ///   groups. Without a kind, as Python saves them, it is of a schedule by steps.
    /// - Throws: `TuneError` that names the first thing that does not fit; nothing has changed then.
    public func restore(_ saved: JSONObject) throws {
        let fields = try JSONFields(.object(saved), source: "The state of the schedule")
        let wanted = try fields.string(
            "kind", default: followsMetric ? "a schedule by steps" : kind)
        guard wanted == kind else {
            throw misfit("it is of the kind \(wanted), this schedule is \(kind)")
        }
        let lastEpoch = try fields.int("last_epoch")
        guard lastEpoch >= 0 else { throw misfit("last_epoch is \(lastEpoch)") }
        let base = try rates("base_lrs", fields)
        let last = try rates("last_lr", fields)
        let rule = try restoredRule(fields)
        self.lastEpoch = lastEpoch
        self.rule = rule
        baseLearningRates = base
        setRates(last)
    }

    private func rates(_ key: String, _ fields: JSONFields) throws -> [Double] {
        let numbers = (fields.object[key]?.array ?? []).compactMap(\.double).filter(\.isFinite)
        guard numbers.count == optimizer.groups.count else {
            throw misfit(
                "\(key) has \(numbers.count) rates, this optimizer \(optimizer.groups.count) groups"
            )
        }
        return numbers
    }

    private func restoredRule(_ fields: JSONFields) throws -> Rule {
        guard case .metric(let follower) = rule else { return rule }
        let saved = try JSONFields(
            fields.object["metric"] ?? .null, source: "The state of the schedule, metric")
        return .metric(try follower.restored(from: saved))
    }

    private func misfit(_ problem: String) -> TuneError {
        TuneError(
            .badData, "The state of the schedule does not fit: \(problem).",
            remedy: "Use the schedule and the optimizer of the run that saved it.")
    }
}
