import TuneBase
import TuneBatching

/// How many steps and epochs a training has.
public struct TrainingPlan: Sendable, Equatable {
    /// Rows of the training data; of a stream, those of all steps.
    public let rows: Int
    /// Batches in an epoch; of a stream, those of all steps, as nobody knows better.
    public let batchesPerEpoch: Int
    /// Optimizer steps in an epoch.
    public let updatesPerEpoch: Int
    /// Optimizer steps in all.
    public let maxSteps: Int
    /// Epochs begun; of a stream, as many as it takes.
    public let epochs: Int
    /// Rows that go through the model over the whole plan, for the throughput.
    public let sampleCount: Double
    /// Batches in a full optimizer step.
    public let batchesPerUpdate: Int

    /// Plans the passes over a loader of so many rows.
    init(_ args: TrainingArguments, _ loader: any BatchLoader, rows: Int) throws {
        if let batches = loader.batchCount, loader.rowCount != nil {
            try self.init(args, batches: batches, rows: rows)
        } else {
            self.init(ofStream: args)
        }
    }

    /// Plans passes over rows of unknown number: the steps decide.
    private init(ofStream args: TrainingArguments) {
        (batchesPerUpdate, maxSteps) = (args.gradientAccumulationSteps, args.maxSteps)
        (updatesPerEpoch, batchesPerEpoch) = (maxSteps, maxSteps * batchesPerUpdate)
        (rows, epochs) = (batchesPerEpoch * args.trainBatchSize, .max)
        sampleCount = Double(rows)
    }

    package init(_ args: TrainingArguments, batches: Int, rows: Int) throws {
        guard batches > 0 else {
            throw TuneError(
                .badData, "The training data (\(rows) rows) makes no batch.",
                remedy: rows == 0
                    ? "Choose a split with rows."
                    : "Use a smaller batch size, or keep the last batch: dataloaderDropLast = false."
            )
        }
        self.rows = rows
        batchesPerEpoch = batches
        batchesPerUpdate = args.gradientAccumulationSteps
        updatesPerEpoch = (batches + batchesPerUpdate - 1) / batchesPerUpdate
        if args.maxSteps > 0 {
            maxSteps = args.maxSteps
            epochs = (maxSteps + updatesPerEpoch - 1) / updatesPerEpoch
            sampleCount = Double(maxSteps * args.trainBatchSize * batchesPerUpdate)
        } else {
            maxSteps = Int((args.numTrainEpochs * Double(updatesPerEpoch)).rounded(.up))
            epochs = Int(args.numTrainEpochs.rounded(.up))
            sampleCount = Double(rows) * args.numTrainEpochs
        }
    }

    /// The number of batches in one update of an epoch; the last takes what is left.
    func batches(inUpdate update: Int) -> Int {
        min(batchesPerUpdate, batchesPerEpoch - update * batchesPerUpdate)
    }
}
