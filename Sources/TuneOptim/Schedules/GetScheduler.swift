public import TuneBase

/// A schedule by name, as `transformers.get_scheduler`.
///
/// - Parameters:
///   - name: The name of a ``ScheduleName``.
///   - optimizer: The optimizer whose learning rates are set.
///   - numWarmupSteps: The steps over which the rate rises.
///   - numTrainingSteps: The number of optimizer steps in all; schedules that never end, and those
///     that follow a metric, need none.
///   - schedulerSpecificKwargs: Arguments of the schedule, by Python's names; see
///     ``ScheduleName/argumentNames``.
/// - Returns: The scheduler, already applied for step 0.
/// - Throws: `TuneError` for an unknown name, and for an argument that is unknown, missing or
///   cannot be.
public func getScheduler(
    _ name: String, optimizer: Optimizer, numWarmupSteps: Int = 0, numTrainingSteps: Int? = nil,
    schedulerSpecificKwargs: JSONObject = JSONObject()
) throws -> LRScheduler {
    try getScheduler(
        ScheduleName(named: name), optimizer: optimizer, numWarmupSteps: numWarmupSteps,
        numTrainingSteps: numTrainingSteps, schedulerSpecificKwargs: schedulerSpecificKwargs)
}

/// A schedule, as `transformers.get_scheduler`; see
/// ``getScheduler(_:optimizer:numWarmupSteps:numTrainingSteps:schedulerSpecificKwargs:)``.
public func getScheduler(
    _ name: ScheduleName, optimizer: Optimizer, numWarmupSteps: Int = 0,
    numTrainingSteps: Int? = nil, schedulerSpecificKwargs: JSONObject = JSONObject()
) throws -> LRScheduler {
    let arguments = try ScheduleArguments(schedulerSpecificKwargs, for: name)
    let rates = optimizer.groups.map(\.learningRate)
    let rule: LRScheduler.Rule =
        switch name {
        case .reduceLROnPlateau: .metric(try PlateauRule(arguments, groups: rates.count))
        case .greedy: .metric(try GreedyRule(arguments, initialRates: rates))
        default:
            .factor(
                try arguments.factor(
                    over: ScheduleHorizon(
                        warmup: numWarmupSteps, total: numTrainingSteps,
                        initialRate: rates.first ?? 0)))
        }
    return LRScheduler(optimizer, kind: name.rawValue, rule: rule)
}
