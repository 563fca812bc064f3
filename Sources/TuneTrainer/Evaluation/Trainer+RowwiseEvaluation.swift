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
    func rowGroups(_ request: EvaluationRequest) throws -> [[Int]]? {
        let loader = request.loader
        guard mayGroupRows, loader.collateFn.isRowwise,
            loader.dataset.columnNames.contains("input_ids"),
            let lengths = try loader.dataset["input_ids"].lengths(),
            let shortest = lengths.indices.min(by: { lengths[$0] < lengths[$1] })
        else { return nil }
        // A collator may pad further than to the longest row; the shortest row shows how far.
        let width = try loader.probe(row: shortest)["input_ids"]?.shape.last ?? 0
        return lengthGroups(
            lengths, tokens: tokensPerPass, leastRows: args.evalBatchSize, leastWidth: width)
    }

    /// Whether nothing that the user asked for looks at whole batches.
    private var mayGroupRows: Bool {
        args.mode == .fast && evaluatesRowwise && model is any RowwiseModel
            && lossPolicy.hasRowLosses && preprocessLogitsForMetrics == nil
            && !args.batchEvalMetrics && args.evalDoConcatBatches && args.includeForMetrics.isEmpty
    }

    /// Runs the model over groups of rows; the results are those of ``batchLoop(_:)``, up to
    /// rounding.
    func rowwiseLoop(
        _ request: EvaluationRequest, _ groups: [[Int]]
    ) throws -> CollectedPredictions {
        let loader = request.loader
        var results = RowResults()
        let batches = loader.makeBatches(of: groups)
        var (rowsDone, batchesDone) = (0, 0)
        while let (rows, batch) = try batches.next() {
            try checkInterruption()
            try guardingStep { try rowwiseStep(rows, batch, request, into: &results) }
            rowsDone += rows.count
            let isLast = rowsDone == loader.dataset.count
            // Callbacks hear of as many batches as the arguments make.
            while batchesDone < (isLast ? loader.count : rowsDone / args.evalBatchSize) {
                batchesDone += 1
                try emit(.predictionStep(batch: batchesDone, count: loader.count))
            }
        }
        return try results.collected(batchSize: args.evalBatchSize)
    }

    /// Runs the model over one group.
    private func rowwiseStep(
        _ rows: ArraySlice<Int>, _ batch: TensorBatch, _ request: EvaluationRequest,
        into results: inout RowResults
    ) throws {
        let everything = PredictionRequest(lossOnly: false, ignoreKeys: request.ignoreKeys)
        var output = try evaluate(batch, everything)
        let losses = try withoutGradients { try rowLosses(output, batch) }
        if request.predictionLossOnly { (output.logits, output.labels) = ([], []) }
        results.add(rows, output, losses)
    }

    private func rowLosses(
        _ output: PredictionStepOutput, _ batch: TensorBatch
    ) throws -> RowLosses? {
        guard output.loss != nil, let labels = batch["labels"], let logits = output.logits.first
        else { return nil }
        return try lossPolicy.rowLosses(of: model, logits: logits, labels: labels)
    }
}
