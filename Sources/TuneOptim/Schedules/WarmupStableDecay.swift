import Foundation
import TuneBase

/// The forms in which the warm-up rises and the decay falls.
enum RampForm: String, CaseIterable {
    case linear
    case cosine
    case oneMinusRoot = "1-sqrt"

    /// The rise from 0 to 1.
    func rising(_ progress: Double) -> Double {
        switch self {
        case .linear: progress
        case .cosine: 0.5 * (1 - cos(Double.pi * progress))
        case .oneMinusRoot: 1 - (1 - progress).squareRoot()
        }
    }

    /// The fall from 1; the cosine makes `cycles` cycles.
    func falling(_ progress: Double, cycles: Double) -> Double {
        switch self {
        case .linear: 1 - progress
        case .cosine: halfCosine(cycles, progress)
        case .oneMinusRoot: 1 - progress.squareRoot()
        }
    }
}

extension ScheduleArguments {
    /// Three parts: from the lowest share up, level, and down again.
    func warmupStableDecay(_ horizon: ScheduleHorizon) throws -> ScheduleFactor {
        let (warmup, decay) = (horizon.warmup, try count("num_decay_steps"))
        let decayStart = warmup + (try stableSteps(horizon, decay: decay))
        let rise: RampForm = try choice("warmup_type", default: .linear)
        let fall: RampForm = try choice("decay_type", default: .cosine)
        let lowest = try double("min_lr_ratio", default: 0)
        let cycles = try double("num_cycles", default: 0.5)
        return { step in
            if step < warmup {
                let progress = Double(step) / Double(max(1, warmup))
                return max(0, lifted(rise.rising(progress), lowest))
            }
            if step < decayStart { return 1 }
            guard step < decayStart + decay else { return lowest }
            let progress = Double(step - decayStart) / Double(max(1, decay))
            return max(0, lifted(fall.falling(progress, cycles: cycles), lowest))
        }
    }

    private func stableSteps(_ horizon: ScheduleHorizon, decay: Int) throws -> Int {
        if has("num_stable_steps") { return try count("num_stable_steps") }
        guard let total = horizon.total else {
            throw TuneError(
                .badConfig,
                "The schedule \(schedule.rawValue) needs the number of level steps or of all.",
                remedy: "Give num_stable_steps in lr_scheduler_kwargs, or numTrainingSteps.")
        }
        return total - horizon.warmup - decay
    }
}
