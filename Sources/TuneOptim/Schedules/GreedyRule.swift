import TuneBase

/// Raises the rates while a metric improves and lowers them while it does not, as `GreedyLR` of
/// transformers.
struct GreedyRule: MetricRule {
    private let factor: Double
    private let patience: Int
    private let cooldown: Int
    private let warmup: Int
    private let lowest: [Double]
    private let highest: [Double]
    private let epsilon: Double
    private let resetStart: Int
    private let worst: Double
    private let initialRates: [Double]
    private var tracker: MetricTracker
    private var average: RunningAverage?
    private var goodMetrics = 0
    private var badMetrics = 0
    private var cooldownLeft = 0
    private var warmupLeft = 0
    private var resetLeft: Int

    init(_ arguments: ScheduleArguments, initialRates: [Double]) throws {
        let groups = initialRates.count
        self.initialRates = initialRates
        factor = try arguments.double("factor", default: 0.95)
        guard factor > 0, factor < 1 else {
            throw arguments.invalid("factor", "\(factor)", "between 0 and 1")
        }
        patience = try arguments.count("patience", default: 10)
        cooldown = try arguments.count("cooldown", default: 0)
        warmup = try arguments.count("warmup", default: 0)
        lowest = try arguments.perGroup("min_lr", groups, default: 1e-3)
        highest = try arguments.perGroup("max_lr", groups, default: 1)
        epsilon = try arguments.double("eps", default: 1e-8)
        resetStart = try arguments.count("reset_start", default: 500)
        resetLeft = resetStart
        tracker = try MetricTracker(arguments, threshold: 1e-6, mode: .abs)
        worst = tracker.best
        let window = try arguments.count("window_size", default: 50)
        guard window > 0 else { throw arguments.invalid("window_size", "0", "1 or more") }
        if try arguments.bool("smooth", default: false) { average = RunningAverage(window) }
    }

    mutating func rates(after metric: Double, from rates: [Double]) -> [Double] {
        let metric = average?.adding(metric) ?? metric
        guard !isWaiting() else { return rates }
        let improves = tracker.improves(metric)
        goodMetrics = improves ? goodMetrics + 1 : 0
        badMetrics = improves ? 0 : badMetrics + 1
        if goodMetrics > patience { return raised(rates) }
        return badMetrics > patience ? lowered(rates) : rates
    }

    /// Whether a change is too recent; counts this metric.
    private mutating func isWaiting() -> Bool {
        guard cooldownLeft > 0 || warmupLeft > 0 else { return false }
        if cooldownLeft > 0 { cooldownLeft -= 1 } else { warmupLeft -= 1 }
        (goodMetrics, badMetrics) = (0, 0)
        return true
    }

    private mutating func raised(_ rates: [Double]) -> [Double] {
        (warmupLeft, goodMetrics, resetLeft) = (warmup, 0, resetStart)
        return zip(rates, highest).map { old, highest in
            let new = min(old / factor, highest)
            return new - old > epsilon ? new : old
        }
    }

    private mutating func lowered(_ rates: [Double]) -> [Double] {
        let new = zip(rates, lowest).map { old, lowest in
            let new = max(old * factor, lowest)
            return old - new > epsilon ? new : old
        }
        if zip(new, lowest).allSatisfy({ $0 <= $1 }) {
            resetLeft -= 1
            if resetLeft <= 0 {
                reset()
                return initialRates
            }
        }
        (cooldownLeft, badMetrics) = (cooldown, 0)
        return new
    }

    private mutating func reset() {
        tracker.best = worst
        average = average.map { RunningAverage($0.size) }
        (goodMetrics, badMetrics, warmupLeft, resetLeft) = (0, 0, 0, resetStart)
        cooldownLeft = cooldown
    }

    var values: JSONObject {
        var result = JSONObject([
            ("best", .double(tracker.best)), ("num_good_epochs", .int(goodMetrics)),
            ("num_bad_epochs", .int(badMetrics)), ("cooldown_counter", .int(cooldownLeft)),
            ("warmup_counter", .int(warmupLeft)), ("reset_start", .int(resetLeft)),
        ])
        result["average"] = average.map { .object($0.values) }
        return result
    }

    func restored(from saved: JSONFields) throws -> any MetricRule {
        var rule = self
        rule.tracker.best = try saved.double("best")
        rule.goodMetrics = try saved.int("num_good_epochs")
        rule.badMetrics = try saved.int("num_bad_epochs")
        rule.cooldownLeft = try saved.int("cooldown_counter")
        rule.warmupLeft = try saved.int("warmup_counter")
        rule.resetLeft = try saved.int("reset_start")
        if let average {
            rule.average = try average.restored(
                from: JSONFields(saved.object["average"] ?? .null, source: saved.source))
        }
        return rule
    }
}

/// The mean of the last values.
struct RunningAverage {
    let size: Int
    private var kept: [Double] = []
    /// Kept beside the values: adding and subtracting rounds otherwise than adding them up.
    private var sum = 0.0

    init(_ size: Int) { self.size = size }

    mutating func adding(_ value: Double) -> Double {
        kept.append(value)
        sum += value
        if kept.count > size { sum -= kept.removeFirst() }
        return sum / Double(kept.count)
    }

    var values: JSONObject {
        JSONObject([("values", .array(kept.map { .double($0) })), ("sum", .double(sum))])
    }

    func restored(from saved: JSONFields) throws -> RunningAverage {
        var result = self
        result.kept = saved.object["values"]?.array?.compactMap(\.double) ?? []
        result.sum = try saved.double("sum")
        return result
    }
}
