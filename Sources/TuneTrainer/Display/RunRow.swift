import TuneBase

/// What a log of the training loss says, with rates since the log before.
struct RunRow {
    var step: Int
    var epoch: Double
    /// The latest losses, this one last.
    var losses: [Double]
    var learningRate: Double?
    var gradientNorm: Double?
    var tokensPerSecond: Double?
    /// Which part of the time the steps waited for batches.
    var dataShare: Double?
    /// The most memory so far, in bytes.
    var memory: Int
    /// Seconds left.
    var remaining: Double?

    /// Where the loss goes.
    var trend: String {
        guard losses.count > 1, let last = losses.last else { return " " }
        let change = last - losses[losses.count - 2]
        if abs(change) <= abs(last) * 1e-3 { return "·" }
        return change < 0 ? "▼" : "▲"
    }
}

/// Measures rates from log to log, and how long the rest takes.
struct RunMeter {
    private var losses: [Double] = []
    private var mark = RunMeasures()
    private var markTime = 0.0
    private var lastStep: (time: Double, pauses: Double) = (0, 0)
    private var stepSeconds = 0.0
    private var stepCount = 0

    /// Begins at the time of the first step.
    mutating func begin(_ measures: RunMeasures, at time: Double) {
        self = RunMeter()
        (mark, markTime) = (measures, time)
        lastStep = (time, measures.pauses)
    }

    /// Takes the end of a step; evaluations and saving since the step before do not count.
    mutating func stepEnded(_ measures: RunMeasures, at time: Double) {
        let seconds = max(0, time - lastStep.time - (measures.pauses - lastStep.pauses))
        lastStep = (time, measures.pauses)
        stepCount += 1
        // The first step is slower than all others. From the second on the mean of all steps at
        // first, later mostly that of the last fifty.
        let weight = stepCount < 3 ? 1 : max(0.02, 1 / Double(stepCount - 1))
        stepSeconds += (seconds - stepSeconds) * weight
    }

    /// Seconds that the steps left will take, with as many pauses as so far.
    func remaining(_ context: TrainerContext) -> Double? {
        guard stepCount > 0 else { return nil }
        let pauses = context.measures.pauses / Double(stepCount)
        let left = max(0, context.state.maxSteps - context.state.globalStep)
        return Double(left) * (stepSeconds + pauses)
    }

    /// The row for a log of the training loss.
    ///
    /// - Parameters:
    ///   - log: The loss with rate and norm of the gradient.
    ///   - context: Counts and times.
    ///   - time: The present time on the clock of ``begin(_:at:)``.
    ///   - memory: The most memory so far, in bytes.
    /// - Returns: The values since the row before.
    mutating func row(
        _ log: JSONObject, _ context: TrainerContext, at time: Double, memory: Int
    ) -> RunRow {
        let measures = context.measures
        let busy = time - markTime - (measures.pauses - mark.pauses)
        let tokens = measures.tokens - mark.tokens
        let wait = measures.dataWait - mark.dataWait
        (mark, markTime) = (measures, time)
        if let loss = log["loss"]?.double { losses = (losses + [loss]).suffix(8) }
        return RunRow(
            step: context.state.globalStep, epoch: context.state.epoch, losses: losses,
            learningRate: log["learning_rate"]?.double, gradientNorm: log["grad_norm"]?.double,
            tokensPerSecond: busy > 0 && tokens > 0 ? Double(tokens) / busy : nil,
            dataShare: busy > 0 ? min(1, wait / busy) : nil, memory: memory,
            remaining: remaining(context))
    }
}

extension RunMeasures {
    /// Seconds spent on other things than training.
    var pauses: Double { evaluation + saving }
}
