import TuneBase
import TuneTorch

/// What a ``MeasuredTrainer`` knows of its steps.
final class StepRecorder: TrainerCallback {
    /// The steps so far.
    private(set) var steps: [StepMeasurement] = []
    /// Where the time of the steps after the warm-up went, once training has ended.
    private(set) var profile: OperationProfile?

    /// After how many steps operations are recorded; nil for not at all.
    private let profiledAfter: Int?
    private let onStep: (StepMeasurement) throws -> Void
    private var recording: OperationRecording?
    private var lastEnd = 0.0
    private var begin = 0.0
    private var (rows, tokens) = (0, 0)

    init(profiledAfter: Int?, onStep: @escaping (StepMeasurement) throws -> Void) {
        (self.profiledAfter, self.onStep) = (profiledAfter, onStep)
    }

    /// It looks at none.
    var readsCheckpoints: Bool { false }

    /// Reads the clock at the events of a step.
    func on(
        _ event: TrainerEvent, _ context: TrainerContext, _ control: inout TrainerControl
    ) throws {
        switch event {
        case .trainBegin: lastEnd = systemMonotonicSeconds()
        case .stepBegin:
            begin = systemMonotonicSeconds()
            (rows, tokens) = (0, 0)
            recording?.enter("forward")
        case .preOptimizerStep: recording?.enter("optimizer")
        case .stepEnd:
            try endStep(context.state.globalStep)
            try recordOperations(context.state)
        default: break
        }
    }

    /// Notes the batch of a forward pass.
    func willCompute(_ batch: TensorBatch) {
        rows += batch["input_ids"]?.shape.first ?? 0
        tokens +=
            batch["attention_mask"]?.ints().reduce(0) { $0 + ($1 == 0 ? 0 : 1) }
            ?? batch["input_ids"]?.count ?? 0
        recording?.enter("forward")
    }

    /// Notes the end of a forward pass; what follows besides the backward pass is clipping.
    func didCompute() { recording?.enter("loss, clipping") }

    private func endStep(_ step: Int) throws {
        let now = systemMonotonicSeconds()
        let measurement = StepMeasurement(
            step: step, time: now, seconds: now - lastEnd, dataWait: begin - lastEnd, rows: rows,
            tokens: tokens)
        steps.append(measurement)
        try onStep(measurement)
        lastEnd = systemMonotonicSeconds()
    }

    private func recordOperations(_ state: TrainerState) throws {
        guard let profiledAfter else { return }
        if let recording, state.globalStep == state.maxSteps {
            profile = try recording.finish()
            self.recording = nil
        } else if let recording {
            recording.enter("data")
        } else if state.globalStep == profiledAfter {
            recording = try OperationRecording(phase: "data")
        }
    }
}
