/// The training loss since the last log, and over the whole training.
///
/// Losses are summed in float32, as Python's Trainer does, so that logged values agree.
struct LossWindow {
    private var sum: Float = 0
    private var drained = 0.0
    /// The step of the last log.
    private(set) var lastLoggedStep = 0

    /// Adds the loss of one batch, as it entered the gradient.
    mutating func add(_ loss: Float) { sum += loss }

    /// The mean over the steps since the last log, which ends here.
    mutating func drain(at step: Int) -> Double {
        let mean = Double(sum) / Double(max(1, step - lastLoggedStep))
        drained += Double(sum)
        (sum, lastLoggedStep) = (0, step)
        return mean
    }

    /// The mean over all steps so far, logged or not.
    func mean(over steps: Int) -> Double { (drained + Double(sum)) / max(Double(steps), 0.001) }
}
