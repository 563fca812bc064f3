public import TuneBase
public import TuneMetrics

/// A callback with a method for each event, as Python's `TrainerCallback`; those that are not
/// written do nothing.
///
///     struct Notes: TrainerEventCallback {
///         func onEpochEnd(_ context: TrainerContext, _ control: inout TrainerControl) {
///             print("Epoch \(context.state.epoch) is over.")
///         }
///     }
public protocol TrainerEventCallback: TrainerCallback {
    /// The trainer exists.
    mutating func onInitEnd(_ context: TrainerContext, _ control: inout TrainerControl) throws

    /// Training begins.
    mutating func onTrainBegin(_ context: TrainerContext, _ control: inout TrainerControl) throws

    /// Training is over.
    mutating func onTrainEnd(_ context: TrainerContext, _ control: inout TrainerControl) throws

    /// A pass over the data begins.
    mutating func onEpochBegin(_ context: TrainerContext, _ control: inout TrainerControl) throws

    /// A pass over the data is over.
    mutating func onEpochEnd(_ context: TrainerContext, _ control: inout TrainerControl) throws

    /// The first batch of an update begins.
    mutating func onStepBegin(_ context: TrainerContext, _ control: inout TrainerControl) throws

    /// A batch of an update is done, and others follow.
    mutating func onSubstepEnd(_ context: TrainerContext, _ control: inout TrainerControl) throws

    /// Gradients are clipped; the parameters are about to change.
    mutating func onPreOptimizerStep(_ context: TrainerContext, _ control: inout TrainerControl)
        throws

    /// The parameters have changed; the gradients are still there.
    mutating func onOptimizerStep(_ context: TrainerContext, _ control: inout TrainerControl) throws

    /// An update is done.
    mutating func onStepEnd(_ context: TrainerContext, _ control: inout TrainerControl) throws

    /// An evaluation ended with these metrics.
    mutating func onEvaluate(
        _ metrics: MetricResult, _ context: TrainerContext, _ control: inout TrainerControl) throws

    /// A prediction ended with these metrics.
    mutating func onPredict(
        _ metrics: MetricResult, _ context: TrainerContext, _ control: inout TrainerControl) throws

    /// A checkpoint was written; it is complete unless ``TrainerCallback/readsCheckpoints`` of all
    /// callbacks is false.
    mutating func onSave(_ context: TrainerContext, _ control: inout TrainerControl) throws

    /// An upload to the Hub begins.
    mutating func onPushBegin(_ context: TrainerContext, _ control: inout TrainerControl) throws

    /// A row was added to the history.
    mutating func onLog(
        _ logs: JSONObject, _ context: TrainerContext, _ control: inout TrainerControl) throws

    /// An evaluation has done a batch.
    mutating func onPredictionStep(
        _ context: TrainerContext, _ control: inout TrainerControl) throws
}

extension TrainerEventCallback {
    /// Calls the method of the event.
    public mutating func on(
        _ event: TrainerEvent, _ context: TrainerContext, _ control: inout TrainerControl
    ) throws {
        switch event {
        case .initEnd: try onInitEnd(context, &control)
        case .trainBegin: try onTrainBegin(context, &control)
        case .trainEnd: try onTrainEnd(context, &control)
        case .epochBegin: try onEpochBegin(context, &control)
        case .epochEnd: try onEpochEnd(context, &control)
        case .stepBegin: try onStepBegin(context, &control)
        case .substepEnd: try onSubstepEnd(context, &control)
        case .preOptimizerStep: try onPreOptimizerStep(context, &control)
        case .optimizerStep: try onOptimizerStep(context, &control)
        case .stepEnd: try onStepEnd(context, &control)
        case .evaluate(let metrics): try onEvaluate(metrics, context, &control)
        case .predict(let metrics): try onPredict(metrics, context, &control)
        case .save: try onSave(context, &control)
        case .pushBegin: try onPushBegin(context, &control)
        case .log(let logs): try onLog(logs, context, &control)
        case .predictionStep: try onPredictionStep(context, &control)
        }
    }

    /// Does nothing.
    public mutating func onInitEnd(_ context: TrainerContext, _ control: inout TrainerControl) {}

    /// Does nothing.
    public mutating func onTrainBegin(_ context: TrainerContext, _ control: inout TrainerControl) {}

    /// Does nothing.
    public mutating func onTrainEnd(_ context: TrainerContext, _ control: inout TrainerControl) {}

    /// Does nothing.
    public mutating func onEpochBegin(_ context: TrainerContext, _ control: inout TrainerControl) {}

    /// Does nothing.
    public mutating func onEpochEnd(_ context: TrainerContext, _ control: inout TrainerControl) {}

    /// Does nothing.
    public mutating func onStepBegin(_ context: TrainerContext, _ control: inout TrainerControl) {}

    /// Does nothing.
    public mutating func onSubstepEnd(_ context: TrainerContext, _ control: inout TrainerControl) {}

    /// Does nothing.
    public mutating func onPreOptimizerStep(
        _ context: TrainerContext, _ control: inout TrainerControl
    ) {}

    /// Does nothing.
    public mutating func onOptimizerStep(_ context: TrainerContext, _ control: inout TrainerControl)
    {}

    /// Does nothing.
    public mutating func onStepEnd(_ context: TrainerContext, _ control: inout TrainerControl) {}

    /// Does nothing.
    public mutating func onSave(_ context: TrainerContext, _ control: inout TrainerControl) {}

    /// Does nothing.
    public mutating func onPredictionStep(
        _ context: TrainerContext, _ control: inout TrainerControl
    ) {}

    /// Does nothing.
    public mutating func onEvaluate(
        _ metrics: MetricResult, _ context: TrainerContext, _ control: inout TrainerControl
    ) {}

    /// Does nothing.
    public mutating func onPredict(
        _ metrics: MetricResult, _ context: TrainerContext, _ control: inout TrainerControl
    ) {}

    /// Does nothing.
    public mutating func onPushBegin(_ context: TrainerContext, _ control: inout TrainerControl) {}

    /// Does nothing.
    public mutating func onLog(
        _ logs: JSONObject, _ context: TrainerContext, _ control: inout TrainerControl
    ) {}
}
