/// Counts and times of a training, for displays.
public struct RunMeasures: Sendable, Equatable {
    /// When this training began, on the clock of `monotonicSeconds`.
    public package(set) var start = 0.0
    /// The optimizer step at which it began: 0, or that of the checkpoint it goes on from.
    public package(set) var firstStep = 0
    /// Tokens that `includeNumInputTokensSeen` had counted before.
    public package(set) var firstInputTokens = 0
    /// Rows that went through the model.
    public package(set) var rows = 0
    /// Tokens of these rows, without padding.
    public package(set) var tokens = 0
    /// Seconds that steps waited for their batches.
    public package(set) var dataWait = 0.0
    /// Seconds spent in evaluations.
    public package(set) var evaluation = 0.0
    /// Seconds spent on writing checkpoints.
    public package(set) var saving = 0.0
    /// What came of the uploads to the Hub, known as training ends.
    public package(set) var pushes = PushReport()

    /// Nothing counted yet.
    public init() {}
}
