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

/// What goes to the Hub during training.
public enum HubStrategy: String, Sendable, CaseIterable {
    /// The model, when it is saved at the end.
    case end
    /// The model of every checkpoint too.
    case everySave = "every_save"
    /// As `everySave`, and the newest checkpoint as `last-checkpoint`.
    case checkpoint
    /// As `everySave`, and every checkpoint under its own name.
    case allCheckpoints = "all_checkpoints"
}

/// How the losses of accumulated batches join into one update.
public enum GradientAccumulationScaling: String, Sendable, CaseIterable {
    /// The update follows the mean over all examples of its batches, as one large batch would.
    case mean
    /// The losses of the batches are added, as Python's Trainer does with encoder classifiers:
    /// with n batches the gradient and the reported loss are n times as large.
    case python
}

/// What happens when a loss or gradient is not finite; the parameters are never updated by it.
public enum NonFinitePolicy: String, Sendable, CaseIterable {
    /// The training stops with an error that names the tensor and the rows.
    case stop
    /// The update is left out.
    case skip
    /// The training goes back to the newest checkpoint and leaves the update out.
    case rollback
}

/// The order in which training rows come.
public enum SamplingStrategy: String, Sendable, CaseIterable {
    /// A new random order in every epoch.
    case random
    /// The order of the dataset.
    case sequential
    /// Random, but with rows of similar length in a batch.
    case groupByLength = "group_by_length"
}

/// Which input tokens are counted.
public enum TokenCounting: String, Sendable, CaseIterable {
    /// None.
    case no
    /// Every token, padding included.
    case all
    /// Tokens that are not padding.
    case nonPadding = "non_padding"
}

/// What a metrics function gets besides predictions and labels.
public enum MetricsInput: String, Sendable, CaseIterable {
    /// The model's inputs.
    case inputs
    /// The losses.
    case loss
}
