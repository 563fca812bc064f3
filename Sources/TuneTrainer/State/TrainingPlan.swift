import TuneBase

/// How many steps and epochs a training has.
struct TrainingPlan: Equatable {
    /// Batches in an epoch.
    let batchesPerEpoch: Int
    /// Optimizer steps in an epoch.
    let updatesPerEpoch: Int
    /// Optimizer steps in all.
    let maxSteps: Int
    /// Epochs begun.
    let epochs: Int
    /// Rows that go through the model over the whole plan, for the throughput.
    let sampleCount: Double
    /// Batches in a full optimizer step.
    let batchesPerUpdate: Int

    init(_ args: TrainingArguments, batches: Int, rows: Int) throws {
        guard batches > 0 else {
            throw TuneError(
                .badData, "The training data (\(rows) rows) makes no batch.",
                remedy: rows == 0
                    ? "Choose a split with rows."
                    : "Use a smaller batch size, or keep the last batch: dataloaderDropLast = false."
            )
        }
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
