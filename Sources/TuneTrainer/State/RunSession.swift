/// What one call of ``Trainer/train(resumeFromCheckpoint:)`` keeps besides what a checkpoint holds.
struct RunSession {
    /// The output directory, while this process may write to it.
    var directory: RunDirectory?
    /// The position of the last checkpoint, a pending one included.
    var lastSaved: LoopPosition?
    /// The checkpoint that is written but may not be on the disk yet.
    var pendingSave: PendingSave?
    /// The step of the newest checkpoint of this training that is on the disk.
    var completeCheckpoint: Int?
    /// Checkpoints in a row that could not be written.
    var saveFailures = 0
    /// The random generators at the beginning of the present pass over the data, from which its
    /// order can be drawn again.
    var passStart: RandomStates?
    /// What callbacks had asked for when the checkpoint was written that training goes on from.
    var stopRequests = TrainerControl()
}
