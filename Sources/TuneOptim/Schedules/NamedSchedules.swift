import TuneBase

// The functions of `transformers.optimization` by their names, for programs that call them instead
// of `getScheduler`. Every one throws a `TuneError` for a number that cannot be.

/// The learning rate as it is.
public func getConstantSchedule(_ optimizer: Optimizer) throws -> LRScheduler {
    try getScheduler(.constant, optimizer: optimizer)
}

/// A rise from 0 over the warm-up, then the learning rate as it is.
public func getConstantScheduleWithWarmup(
    _ optimizer: Optimizer, numWarmupSteps: Int
) throws -> LRScheduler {
    try getScheduler(.constantWithWarmup, optimizer: optimizer, numWarmupSteps: numWarmupSteps)
}

/// A rise from 0 over the warm-up, then a straight fall to 0.
public func getLinearScheduleWithWarmup(
    _ optimizer: Optimizer, numWarmupSteps: Int, numTrainingSteps: Int
) throws -> LRScheduler {
    try getScheduler(
        .linear, optimizer: optimizer, numWarmupSteps: numWarmupSteps,
        numTrainingSteps: numTrainingSteps)
}

/// A rise from 0 over the warm-up, then waves of a cosine; by default half of one, down to 0.
public func getCosineScheduleWithWarmup(
    _ optimizer: Optimizer, numWarmupSteps: Int, numTrainingSteps: Int, numCycles: Double = 0.5
) throws -> LRScheduler {
    try getScheduler(
        .cosine, optimizer: optimizer, numWarmupSteps: numWarmupSteps,
        numTrainingSteps: numTrainingSteps,
        schedulerSpecificKwargs: ["num_cycles": .double(numCycles)])
}

/// A rise from 0 over the warm-up, then falls to 0 along a cosine that begin anew `numCycles` times.
public func getCosineWithHardRestartsScheduleWithWarmup(
    _ optimizer: Optimizer, numWarmupSteps: Int, numTrainingSteps: Int, numCycles: Int = 1
) throws -> LRScheduler {
    try getScheduler(
        .cosineWithRestarts, optimizer: optimizer, numWarmupSteps: numWarmupSteps,
        numTrainingSteps: numTrainingSteps,
        schedulerSpecificKwargs: ["num_cycles": .int(numCycles)])
}

/// A rise from 0 over the warm-up, then a fall to `lrEnd` along a power of what is left.
public func getPolynomialDecayScheduleWithWarmup(
    _ optimizer: Optimizer, numWarmupSteps: Int, numTrainingSteps: Int, lrEnd: Double = 1e-7,
    power: Double = 1
) throws -> LRScheduler {
    try getScheduler(
        .polynomial, optimizer: optimizer, numWarmupSteps: numWarmupSteps,
        numTrainingSteps: numTrainingSteps,
        schedulerSpecificKwargs: ["lr_end": .double(lrEnd), "power": .double(power)])
}

/// A rise from 0 over the warm-up, then a fall with the root of the steps; `timescale` says how
/// slow, nil takes the warm-up, or 10000 without one.
public func getInverseSqrtSchedule(
    _ optimizer: Optimizer, numWarmupSteps: Int, timescale: Int? = nil
) throws -> LRScheduler {
    try getScheduler(
        .inverseSqrt, optimizer: optimizer, numWarmupSteps: numWarmupSteps,
        schedulerSpecificKwargs: timescale.map { ["timescale": .int($0)] } ?? [:])
}
