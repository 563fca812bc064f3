import TuneBase

/// What a training loop remembers from step to step besides ``TrainerState``.
struct StepProgress: Sendable, Equatable {
    /// Where in the data training stands.
    var position = LoopPosition()
    /// Counts and times.
    var measures = RunMeasures()
    /// The losses.
    var losses = LossWindow()
    /// The norm of the last gradient, before clipping.
    var gradientNorm: Double?
    /// The learning rate of the last step.
    var learningRate = 0.0
    /// Into how many parts batches are split because memory ran out.
    var batchParts = 1
    /// What became of steps whose numbers were not finite.
    var nonFinite = NonFiniteRecord()

    /// Nothing done.
    init() {}

    /// What is known of a training after `steps` optimizer steps of a plan from its plan alone.
    init(afterSteps steps: Int, of plan: TrainingPlan) {
        position = LoopPosition(afterSteps: steps, of: plan)
        losses.lastLoggedStep = steps
    }

    /// The row that reports the losses since the last log.
    mutating func lossRow(at step: Int) -> JSONObject {
        var row = JSONObject([("loss", .double(losses.drain(at: step)))])
        if let gradientNorm { row["grad_norm"] = .double(gradientNorm) }
        row["learning_rate"] = .double(learningRate)
        return row
    }
}
