/// Seconds on a clock that never goes back, for measuring how long something takes.
public func monotonicSeconds() -> Double {
    let elapsed = ContinuousClock.now - processStart
    let (seconds, attoseconds) = elapsed.components
    return Double(seconds) + Double(attoseconds) * 1e-18
}

private let processStart = ContinuousClock.now
