import FineTuneKit
import Foundation

/// What the Trainer adds to the work of a step: its checks, what it notes to be able to go on, its
/// callbacks and display.
///
/// Steps of a training and of a loop written by hand take turns, each on its own model of the size of
/// MiniLM with 6 layers, with batches of 8 rows of 56 tokens. A save is not among them.
struct StepOverhead {
    private static let (steps, warmUp) = (320, 20)

    /// Measures in the mode `fast`.
    ///
    /// - Returns: Lines with the medians and their difference.
    /// - Throws: An error when the training cannot be set up.
    func callAsFunction() throws -> [String] {
        try withScratch { directory in
            let comparison = StepComparison(warmUp: Self.warmUp)
            let trainer = try Trainer(
                model: costModel(),
                args: TrainingArguments(
                    directory, maxSteps: Self.steps, perDeviceTrainBatchSize: 8, useCPU: true,
                    loggingSteps: 10, progress: .plain, saveStrategy: .no),
                trainDataset: costRows(steps: Self.steps), callbacks: [comparison],
                console: Console(output: BufferSink(), notices: BufferSink()))
            comparison.bare = try BareLoop(costModel(), trainer.getTrainDataloader())
            try trainer.train()
            return comparison.lines
        }
    }
}

/// The work of a step, and nothing else.
private final class BareLoop {
    private let model: BERTForSequenceClassification
    private let optimizer: AdamW
    private let scheduler: LRScheduler
    private let batches: BatchIterator

    init(_ model: BERTForSequenceClassification, _ loader: any BatchLoader) throws {
        self.model = model
        model.train()
        optimizer = AdamW(model.namedParameters(), learningRate: 5e-5, weightDecay: 0)
        scheduler = try getScheduler(
            .linear, optimizer: optimizer, numWarmupSteps: 0, numTrainingSteps: 1000)
        batches = loader.makeBatchIterator()
    }

    func step() throws {
        guard let batch = try batches.next() else { return }
        try model.forward(batch).loss?.backward()
        _ = optimizer.clipGradientsInStep(maxNorm: 1)
        optimizer.step()
        scheduler.step()
        optimizer.zeroGrad()
    }
}

/// Times the steps of a training and makes a bare one after each.
private final class StepComparison: TrainerCallback {
    var bare: BareLoop?
    private let warmUp: Int
    private var began: Double?
    private var trained: [Double] = []
    private var bareSteps: [Double] = []

    init(warmUp: Int) { self.warmUp = warmUp }

    func on(
        _ event: TrainerEvent, _ context: TrainerContext, _ control: inout TrainerControl
    ) throws {
        guard case .stepEnd = event else { return }
        let now = monotonicSeconds()
        let isMeasured = context.state.globalStep > warmUp
        if isMeasured, let began { trained.append(now - began) }
        try bare?.step()
        if isMeasured { bareSteps.append(monotonicSeconds() - now) }
        began = monotonicSeconds()
    }

    /// The medians, their difference, and the median of the differences of neighbouring steps.
    var lines: [String] {
        let (own, other) = (middle(trained), middle(bareSteps))
        let paired = middle(zip(trained, bareSteps).map(-))
        func shown(_ number: Double, _ digits: Int) -> String {
            number.formatted(.number.precision(.fractionLength(digits)).grouping(.never))
        }
        return [
            "\(trained.count) steps of each, in turn",
            "training: \(shown(own * 1e3, 3)) ms a step",
            "bare loop: \(shown(other * 1e3, 3)) ms a step",
            "difference of the medians: \(shown((own - other) * 1e6, 0)) µs, \(shown((own / other - 1) * 100, 2)) %",
            "median difference of neighbours: \(shown(paired * 1e6, 0)) µs, \(shown(paired / other * 100, 2)) %",
        ]
    }
}
