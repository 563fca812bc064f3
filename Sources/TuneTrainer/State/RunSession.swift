/// What one call of ``Trainer/train(resumeFromCheckpoint:)`` keeps besides what a checkpoint holds.
struct RunSession {
    /// The output directory, while this process may write to it.
    var directory: RunDirectory?
    /// The position of the last checkpoint.
    var lastSaved: LoopPosition?
    /// Checkpoints in a row that could not be written.
    var saveFailures = 0
    /// The random generators at the beginning of the present pass over the data, from which its
    /// order can be drawn again.
    var passStart: RandomStates?
    /// What callbacks had asked for when the checkpoint was written that training goes on from.
    var stopRequests = TrainerControl()
}
