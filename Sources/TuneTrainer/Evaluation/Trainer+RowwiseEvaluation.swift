import TuneAccelerator
import TuneBatching
import TuneDatasets
import TuneNN
import TuneTorch

/// How many tokens a forward pass of an evaluation takes, padding included: enough to keep matrix
/// products busy, and little enough for the caches.
private let tokensPerPass = 2048

extension Trainer {
    /// Groups of rows of similar length; nil where the evaluation must go batch by batch.
    func rowGroups(_ loader: DataLoader) throws -> [[Int]]? {
        guard args.mode == .fast, evaluatesRowwise, model is any RowwiseModel,
            loader.collateFn.isRowwise, loader.dataset.columnNames.contains("input_ids"),
            let lengths = try loader.dataset["input_ids"].lengths(),
            let shortest = lengths.indices.min(by: { lengths[$0] < lengths[$1] })
        else { return nil }
        // A collator may pad further than to the longest row; the shortest row shows how far.
        let width = try loader.probe(row: shortest)["input_ids"]?.shape.last ?? 0
        return lengthGroups(
            lengths, tokens: tokensPerPass, leastRows: args.evalBatchSize, leastWidth: width)
    }

    /// Runs the model over groups of rows, in evaluation mode and without gradients; the results
    /// are those of ``evaluationLoop``, up to rounding.
    func rowwiseLoop(
        _ loader: DataLoader, _ groups: [[Int]], keepsPredictions: Bool
    ) throws -> CollectedPredictions {
        model.eval()
        var results = RowResults()
        let batches = loader.makeBatches(of: groups)
        var (rowsDone, batchesDone) = (0, 0)
        while let (rows, batch) = try batches.next() {
            try guardingStep {
                try rowwiseStep(rows, batch, keepsPredictions: keepsPredictions, into: &results)
            }
            rowsDone += rows.count
            let isLast = rowsDone == loader.dataset.count
            // Callbacks hear of as many batches as the arguments make.
            while batchesDone < (isLast ? loader.count : rowsDone / args.evalBatchSize) {
                batchesDone += 1
                try emit(.predictionStep(batch: batchesDone, count: loader.count))
            }
        }
        return results.collected(batchSize: args.evalBatchSize)
    }

    /// Runs the model over one group.
    private func rowwiseStep(
        _ rows: ArraySlice<Int>, _ batch: TensorBatch, keepsPredictions: Bool,
        into results: inout RowResults
    ) throws {
        let (output, losses) = try withoutGradients {
            try accelerator.autocast {
                let output = try computeLoss(batch)
                return (output, try rowLosses(output, batch))
            }
        }
        let labels = hasLabels(batch) && keepsPredictions ? labelNames.first : nil
        try results.add(
            rows, logits: keepsPredictions ? output.logits : nil,
            labels: labels.flatMap { batch[$0] }, losses: losses)
    }

    private func rowLosses(_ output: ModelOutput, _ batch: TensorBatch) throws -> RowLosses? {
        guard hasLabels(batch), output.loss != nil, let labels = batch["labels"] else {
            return nil
        }
        return try (model as? any RowwiseModel)?.rowLosses(logits: output.logits, labels: labels)
    }
}
