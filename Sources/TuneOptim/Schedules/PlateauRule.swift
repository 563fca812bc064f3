import TuneBase

/// Lowers the rates when a metric has stopped improving, as `torch.optim.lr_scheduler`'s
/// `ReduceLROnPlateau`.
struct PlateauRule: MetricRule {
    private let factor: Double
    private let patience: Int
    private let cooldown: Int
    private let lowest: [Double]
    private let epsilon: Double
    private var tracker: MetricTracker
    private var badMetrics = 0
    private var cooldownLeft = 0

    init(_ arguments: ScheduleArguments, groups: Int) throws {
        factor = try arguments.double("factor", default: 0.1)
        guard factor < 1 else { throw arguments.invalid("factor", "\(factor)", "less than 1") }
        patience = try arguments.count("patience", default: 10)
        cooldown = try arguments.count("cooldown", default: 0)
        lowest = try arguments.perGroup("min_lr", groups, default: 0)
        epsilon = try arguments.double("eps", default: 1e-8)
        tracker = try MetricTracker(arguments, threshold: 1e-4, mode: .rel)
    }

    mutating func rates(after metric: Double, from rates: [Double]) -> [Double] {
        badMetrics = tracker.improves(metric) ? 0 : badMetrics + 1
        if cooldownLeft > 0 {
            cooldownLeft -= 1
            badMetrics = 0
        }
        guard badMetrics > patience else { return rates }
        cooldownLeft = cooldown
        badMetrics = 0
        return zip(rates, lowest).map { old, lowest in
            let new = max(old * factor, lowest)
            return old - new > epsilon ? new : old
        }
    }

    var values: JSONObject {
        JSONObject([
            ("best", .double(tracker.best)), ("num_bad_epochs", .int(badMetrics)),
            ("cooldown_counter", .int(cooldownLeft)),
        ])
    }

    func restored(from saved: JSONFields) throws -> any MetricRule {
        var rule = self
        rule.tracker.best = try saved.double("best")
        rule.badMetrics = try saved.int("num_bad_epochs")
        rule.cooldownLeft = try saved.int("cooldown_counter")
        return rule
    }
}
