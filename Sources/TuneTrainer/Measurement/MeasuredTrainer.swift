public import TuneNN
public import TuneTorch

/// A trainer that can measure its steps.
///
///     let trainer = try MeasuredTrainer(model: model, args: args, trainDataset: train)
///     trainer.startMeasuring()
///     try trainer.train()
///     let figures = StepStatistics(trainer.measuredSteps, work: LinearWork(model))
public final class MeasuredTrainer: Trainer {
    private var recorder: StepRecorder?

    /// The steps measured so far.
    public var measuredSteps: [StepMeasurement] { recorder?.steps ?? [] }

    /// Where the time of the profiled steps went, once training has ended.
    public var profile: OperationProfile? { recorder?.profile }

    /// Measures every step of the next training.
    ///
    /// - Parameters:
    ///   - profiledAfter: After how many steps operations are recorded; nil for not at all.
    ///   - onStep: Told of each step when it has ended.
    public func startMeasuring(
        profiledAfter: Int? = nil, _ onStep: @escaping (StepMeasurement) throws -> Void = { _ in }
    ) {
        let recorder = StepRecorder(profiledAfter: profiledAfter, onStep: onStep)
        self.recorder = recorder
        addCallback(recorder)
    }

    /// Whether an evaluation may group rows: the loss is the usual one.
    public override var evaluatesRowwise: Bool { true }

    /// Computes as every trainer does.
    public override func computeLoss(
        _ inputs: TensorBatch, numItemsInBatch: Int?
    ) throws -> ModelOutput {
        recorder?.willCompute(inputs)
        defer { recorder?.didCompute() }
        return try super.computeLoss(inputs, numItemsInBatch: numItemsInBatch)
    }
}
