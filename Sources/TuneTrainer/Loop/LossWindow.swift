/// The training loss since the last log, and over the whole training.
///
/// Losses are summed in float32, as Python's Trainer does, so that logged values agree.
struct LossWindow: Sendable, Equatable {
    /// The sum since the last log.
    var sum: Float = 0
    /// The sum up to the last log.
    var drained = 0.0
    /// The step of the last log.
    var lastLoggedStep = 0
    /// Steps since the last log that had no usable loss.
    var skippedSinceLog = 0
    /// Steps of the whole training that had no usable loss.
    var skipped = 0

    /// Adds the loss of one batch, as it entered the gradient.
    mutating func add(_ loss: Float) { sum += loss }

    /// Notes a step whose loss is left out.
    mutating func skipStep() {
        skippedSinceLog += 1
        skipped += 1
    }

    /// The mean over the steps since the last log, which ends here; not a number where all were
    /// left out.
    mutating func drain(at step: Int) -> Double {
        let steps = step - lastLoggedStep - skippedSinceLog
        let mean = steps == 0 && skippedSinceLog > 0 ? .nan : Double(sum) / Double(max(1, steps))
        drained += Double(sum)
        (sum, lastLoggedStep, skippedSinceLog) = (0, step, 0)
        return mean
    }

    /// The mean over all steps so far, logged or not.
    func mean(over steps: Int) -> Double {
        (drained + Double(sum)) / max(Double(steps - skipped), 0.001)
    }
}
