import Foundation
import TuneBase

/// The learning-rate schedules by the names of `lr_scheduler_type`.
public enum ScheduleName: String, Sendable, CaseIterable {
    case linear
    case cosine
    case cosineWithRestarts = "cosine_with_restarts"
    case polynomial
    case constant
    case constantWithWarmup = "constant_with_warmup"
    case inverseSqrt = "inverse_sqrt"

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

    /// The factor of the base learning rate at `step`.
    ///
    /// - Parameters:
    ///   - step: The number of steps taken.
    ///   - warmup: The steps over which the factor rises from 0 to 1.
    ///   - total: The number of steps in all.
    ///   - initialRate: The base learning rate, which `polynomial` needs for its end rate of 1e-7.
    /// - Returns: The factor.
    public func factor(step: Int, warmup: Int, total: Int, initialRate: Double) -> Double {
        if self == .constant { return 1 }
        if step < warmup { return Double(step) / Double(max(1, warmup)) }
        let progress = Double(step - warmup) / Double(max(1, total - warmup))
        switch self {
        case .constant, .constantWithWarmup: return 1
        case .linear: return max(0, Double(total - step) / Double(max(1, total - warmup)))
        case .cosine: return max(0, 0.5 * (1 + cos(Double.pi * progress)))
        case .cosineWithRestarts:
            guard progress < 1 else { return 0 }
            return max(0, 0.5 * (1 + cos(Double.pi * progress.truncatingRemainder(dividingBy: 1))))
        case .polynomial:
            let endRate = 1e-7
            guard step <= total else { return endRate / initialRate }
            let remaining = 1 - progress
            return ((initialRate - endRate) * remaining + endRate) / initialRate
        case .inverseSqrt:
            let timescale = warmup == 0 ? 10_000 : warmup
            return 1 / (Double(step - warmup + timescale) / Double(timescale)).squareRoot()
        }
    }
}

/// A schedule by name, as `transformers.get_scheduler`.
///
/// - Parameters:
///   - name: One of ``ScheduleName``.
///   - optimizer: The optimizer whose learning rates are set.
///   - numWarmupSteps: The steps over which the rate rises from 0.
///   - numTrainingSteps: The number of optimizer steps in all.
/// - Returns: The scheduler, already applied for step 0.
/// - Throws: `TuneError` for an unknown name.
public func getScheduler(
    _ name: String, optimizer: Optimizer, numWarmupSteps: Int = 0, numTrainingSteps: Int
) throws -> LRScheduler {
    let schedule = try ScheduleName(named: name)
    let initialRate = optimizer.groups.first?.learningRate ?? 0
    return LRScheduler(optimizer) { step in
        schedule.factor(
            step: step, warmup: numWarmupSteps, total: numTrainingSteps, initialRate: initialRate)
    }
}
