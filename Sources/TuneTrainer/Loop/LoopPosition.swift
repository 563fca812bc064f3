/// Where in the data a training stands, and what its last step still owes.
struct LoopPosition: Sendable, Equatable {
    /// The pass over the data, from 0.
    var epoch = 0
    /// Batches of this pass that were trained on.
    var batchesDone = 0
    /// Whether the pass is over, with the log, evaluation and checkpoint of its end.
    var isEpochEnded = false
    /// Whether an evaluation was due that did not take place, because the training was interrupted.
    var owesEvaluation = false
    /// Whether a checkpoint was to follow that evaluation.
    var owesCheckpoint = false

    /// Whether nothing was trained yet.
    var isStart: Bool { self == LoopPosition() }

    /// The position after `steps` optimizer steps of a plan, between two steps.
    init(afterSteps steps: Int, of plan: TrainingPlan) {
        epoch = steps / plan.updatesPerEpoch
        batchesDone = steps % plan.updatesPerEpoch * plan.batchesPerUpdate
    }

    /// The beginning of a pass.
    init(epoch: Int = 0) { self.epoch = epoch }
}
