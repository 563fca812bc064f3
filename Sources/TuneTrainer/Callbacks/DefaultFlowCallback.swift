/// Decides when to log, evaluate, save and stop, from the arguments.
public struct DefaultFlowCallback: TrainerCallback {
    /// Creates the callback.
    public init() {}

    /// It looks at none.
    public var readsCheckpoints: Bool { false }

    /// Looks at steps and epochs as they end.
    public func on(
        _ event: TrainerEvent, _ context: TrainerContext, _ control: inout TrainerControl
    ) {
        switch event {
        case .stepEnd: stepEnded(context.args, context.state, &control)
        case .epochEnd: epochEnded(context.args, context.state, &control)
        default: break
        }
    }

    private func stepEnded(
        _ args: TrainingArguments, _ state: TrainerState, _ control: inout TrainerControl
    ) {
        let step = state.globalStep
        let isLast = step >= state.maxSteps
        let mayEvaluate = args.evalStrategy == .steps && args.evalDelay <= Double(step)
        if step == 1, args.loggingFirstStep { control.shouldLog = true }
        if args.loggingStrategy == .steps, step.isMultiple(of: state.loggingSteps) {
            control.shouldLog = true
        }
        if mayEvaluate, isLast || step.isMultiple(of: state.evalSteps) {
            control.shouldEvaluate = true
        }
        if args.saveStrategy == .steps, isLast || step.isMultiple(of: state.saveSteps) {
            control.shouldSave = true
        }
        if isLast { control.shouldTrainingStop = true }
    }

    private func epochEnded(
        _ args: TrainingArguments, _ state: TrainerState, _ control: inout TrainerControl
    ) {
        if args.loggingStrategy == .epoch { control.shouldLog = true }
        if args.evalStrategy == .epoch, args.evalDelay <= state.epoch {
            control.shouldEvaluate = true
        }
        if args.saveStrategy == .epoch { control.shouldSave = true }
    }
}
