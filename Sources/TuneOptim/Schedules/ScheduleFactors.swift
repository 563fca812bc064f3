import Foundation
import TuneBase

/// The factor of the base learning rate at a step, counted from 0.
typealias ScheduleFactor = (Int) -> Double

/// What the factors of a schedule depend on besides its arguments.
struct ScheduleHorizon {
    /// The steps over which the rate rises.
    let warmup: Int
    /// The number of steps in all, where it is known.
    let total: Int?
    /// The learning rate with which the training begins.
    let initialRate: Double

    /// The share of the steps after the warm-up that is over; `offset` counts steps ahead.
    func progress(_ step: Int, _ total: Int, offset: Int = 0) -> Double {
        Double(step - warmup + offset) / Double(max(1, total - warmup))
    }

    /// A schedule that rises from 0 over the warm-up before it follows `factor`.
    func warmedUp(_ factor: @escaping ScheduleFactor) -> ScheduleFactor {
        let warmup = warmup
        return { $0 < warmup ? Double($0) / Double(max(1, warmup)) : factor($0) }
    }
}

extension ScheduleArguments {
    /// The factors of a schedule that follows the steps.
    func factor(over horizon: ScheduleHorizon) throws -> ScheduleFactor {
        switch schedule {
        case .constant, .reduceLROnPlateau, .greedy: { _ in 1 }
        case .constantWithWarmup: horizon.warmedUp { _ in 1 }
        case .linear: try linear(horizon)
        case .cosine: try cosine(horizon, lowest: 0)
        case .cosineWithMinLR: try cosine(horizon, lowest: lowestShare(horizon))
        case .cosineWithRestarts: try cosineWithRestarts(horizon)
        case .polynomial: try polynomial(horizon)
        case .inverseSqrt: try inverseSqrt(horizon)
        case .cosineWarmupWithMinLR: try cosineFromAbove(horizon)
        case .warmupStableDecay: try warmupStableDecay(horizon)
        }
    }

    private func total(_ horizon: ScheduleHorizon) throws -> Int {
        guard let total = horizon.total else {
            throw TuneError(
                .badConfig, "The schedule \(schedule.rawValue) needs the number of steps in all.",
                remedy: "Give numTrainingSteps.")
        }
        return total
    }

    private func linear(_ horizon: ScheduleHorizon) throws -> ScheduleFactor {
        let total = try total(horizon)
        return horizon.warmedUp { step in
            max(0, Double(total - step) / Double(max(1, total - horizon.warmup)))
        }
    }

    private func cosine(_ horizon: ScheduleHorizon, lowest: Double) throws -> ScheduleFactor {
        let (total, cycles) = (try total(horizon), try double("num_cycles", default: 0.5))
        return horizon.warmedUp { step in
            max(0, lifted(halfCosine(cycles, horizon.progress(step, total)), lowest))
        }
    }

    private func cosineWithRestarts(_ horizon: ScheduleHorizon) throws -> ScheduleFactor {
        let (total, cycles) = (try total(horizon), try double("num_cycles", default: 1))
        guard cycles >= 0 else { throw invalid("num_cycles", "\(cycles)", "0 or more") }
        return horizon.warmedUp { step in
            let progress = horizon.progress(step, total)
            guard progress < 1 else { return 0 }
            let share = (cycles * progress).truncatingRemainder(dividingBy: 1)
            return max(0, 0.5 * (1 + cos(Double.pi * share)))
        }
    }

    private func polynomial(_ horizon: ScheduleHorizon) throws -> ScheduleFactor {
        let (total, initial) = (try total(horizon), horizon.initialRate)
        let end = try double("lr_end", default: 1e-7)
        let power = try double("power", default: 1)
        guard initial > end else {
            throw invalid("lr_end", pythonRepr(end), "less than \(pythonRepr(initial))")
        }
        return horizon.warmedUp { step in
            guard step <= total else { return end / initial }
            let remaining = 1 - horizon.progress(step, total)
            return ((initial - end) * pow(remaining, power) + end) / initial
        }
    }

    private func inverseSqrt(_ horizon: ScheduleHorizon) throws -> ScheduleFactor {
        let warmup = Double(horizon.warmup)
        let timescale = try double("timescale", default: warmup == 0 ? 10_000 : warmup)
        guard timescale > 0 else { throw invalid("timescale", "\(timescale)", "more than 0") }
        return horizon.warmedUp { step in
            1 / ((Double(step) + (timescale - warmup)) / timescale).squareRoot()
        }
    }

    /// The lowest rate as a share of the initial one.
    private func lowestShare(_ horizon: ScheduleHorizon) throws -> Double {
        switch (has("min_lr"), has("min_lr_rate")) {
        case (true, false): return try double("min_lr") / horizon.initialRate
        case (false, true): return try double("min_lr_rate")
        case (true, true), (false, false):
            throw TuneError(
                .badConfig,
                "The schedule \(schedule.rawValue) needs one of min_lr and min_lr_rate.",
                remedy: "Give one of them in lr_scheduler_kwargs.")
        }
    }

    private func cosineFromAbove(_ horizon: ScheduleHorizon) throws -> ScheduleFactor {
        let (total, warmup) = (try total(horizon), horizon.warmup)
        let (lowest, cycles) = (try lowestShare(horizon), try double("num_cycles", default: 0.5))
        let first = has("warmup_lr_rate") ? try double("warmup_lr_rate") : nil
        return { step in
            guard step < warmup else {
                let progress = horizon.progress(step, total, offset: 1)
                return max(0, lifted(halfCosine(cycles, progress), lowest))
            }
            guard let first else { return Double(step + 1) / Double(max(1, warmup)) }
            return first + (1 - first) * Double(step) / Double(max(1, warmup - 1))
        }
    }
}

/// The cosine that falls from 1 to 0 over half a cycle.
func halfCosine(_ cycles: Double, _ progress: Double) -> Double {
    0.5 * (1 + cos(Double.pi * cycles * 2 * progress))
}

/// A factor between 0 and 1 brought between `lowest` and 1.
func lifted(_ factor: Double, _ lowest: Double) -> Double { factor * (1 - lowest) + lowest }
