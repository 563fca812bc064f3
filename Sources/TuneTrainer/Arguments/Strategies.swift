/// When something that repeats happens: logging, evaluation.
public enum IntervalStrategy: String, Sendable, CaseIterable {
    /// Never.
    case no
    /// Every so many optimizer steps.
    case steps
    /// At the end of every epoch.
    case epoch
}

/// When checkpoints are written.
public enum SaveStrategy: String, Sendable, CaseIterable {
    /// Never.
    case no
    /// Every so many optimizer steps, and at the last one.
    case steps
    /// At the end of every epoch.
    case epoch
    /// Whenever an evaluation was the best so far.
    case best
}

/// How the losses of accumulated batches join into one update.
public enum GradientAccumulationScaling: String, Sendable, CaseIterable {
    /// The update follows the mean over all examples of its batches, as one large batch would.
    case mean
    /// The losses of the batches are added, as Python's Trainer does with encoder classifiers:
    /// with n batches the gradient and the reported loss are n times as large.
    case python
}
