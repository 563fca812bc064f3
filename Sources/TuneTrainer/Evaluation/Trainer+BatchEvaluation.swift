import TuneAccelerator
import TuneBatching
import TuneMetrics
import TuneNN
import TuneTorch

extension Trainer {
    /// Runs the model over the batches one by one.
    ///
    /// - Returns: What was gathered, and the metrics where they are computed batch by batch.
    func batchLoop(_ request: EvaluationRequest) throws -> (CollectedPredictions, MetricResult) {
        let batches = request.loader.makeBatchIterator()
        let count = request.loader.count
        var collector = PredictionCollector()
        var (order, metrics, done) = ([Int](), MetricResult(), 0)
        while let group = try batches.nextRows() {
            try checkInterruption()
            var batch = try guardingStep { try evaluated(group, request) }
            done += 1
            try emit(.predictionStep(batch: done, count: count))
            if args.batchEvalMetrics {
                metrics = try batchMetrics(batch, isLast: done == count) ?? metrics
                if !request.isPrediction { batch.forgetPredictions() }
            }
            order += group.rows
            collector.add(batch)
        }
        return (try collected(collector, order, request), metrics)
    }

    /// Runs the model over one batch, and brings what is kept of the results into memory.
    private func evaluated(
        _ group: RowBatch, _ request: EvaluationRequest
    ) throws -> EvaluatedBatch {
        let inputs = group.batch.tensors(on: accelerator.device)
        let output = try predictionStep(
            inputs, predictionLossOnly: request.predictionLossOnly, ignoreKeys: request.ignoreKeys)
        var batch = EvaluatedBatch(rows: group.batch.rowCount)
        batch.loss = output.loss.map { Float($0.item()) }
        batch.outputs = try preprocessed(output).map { HostArray($0) }
        batch.targets = output.labels.map { HostArray($0) }
        if args.includeForMetrics.contains(.inputs) {
            batch.inputs = inputs["input_ids"].map { HostArray($0) }
        }
        return batch
    }

    /// The outputs as `preprocessLogitsForMetrics` changes them.
    private func preprocessed(_ output: PredictionStepOutput) throws -> [Tensor] {
        guard let preprocessLogitsForMetrics, let logits = output.logits.first else {
            return output.logits
        }
        return try withoutGradients {
            [try preprocessLogitsForMetrics(logits, output.labels.first)]
        }
    }

    private func batchMetrics(_ batch: EvaluatedBatch, isLast: Bool) throws -> MetricResult? {
        guard !batch.outputs.isEmpty, !batch.targets.isEmpty else { return nil }
        let prediction = batch.prediction(includesLoss: args.includeForMetrics.contains(.loss))
        return try metricFunctions.batchwise?(prediction, isLast)
    }

    private func collected(
        _ collector: PredictionCollector, _ order: [Int], _ request: EvaluationRequest
    ) throws -> CollectedPredictions {
        guard args.evalDoConcatBatches else {
            var collected = collector.apart
            let includesLoss = args.includeForMetrics.contains(.loss)
            collected.batches = collector.batches.map { $0.prediction(includesLoss: includesLoss) }
            return collected
        }
        // Rows that were brought together by their lengths go back to where they belong.
        let isGrouped = request.loader.sampler is LengthGroupedSampler
        return try collector.joined(places: isGrouped ? order : nil)
    }

    /// The loss of a batch with labels, and the outputs that are kept.
    func evaluate(_ inputs: TensorBatch, _ request: PredictionRequest) throws
        -> PredictionStepOutput
    {
        let hasLabels = hasLabels(inputs)
        let output = try withoutGradients {
            hasLabels
                ? try computeLoss(inputs, numItemsInBatch: labelCount(inputs)) : try model(inputs)
        }
        guard !request.lossOnly else { return PredictionStepOutput(loss: output.loss) }
        let others = output.others.filter { !request.ignoreKeys.contains($0.name) }
        return PredictionStepOutput(
            loss: hasLabels ? output.loss : nil, logits: [output.logits] + others.map(\.tensor),
            labels: hasLabels ? labelNames.compactMap { inputs[$0] } : [])
    }

    /// Whether a batch has everything that counts as a label.
    func hasLabels(_ batch: TensorBatch) -> Bool {
        !labelNames.isEmpty && labelNames.allSatisfy { batch[$0] != nil }
    }

    /// The number of labels by which a loss is normalised that is a batch of its own.
    private func labelCount(_ inputs: TensorBatch) -> Int? {
        guard let labels = inputs["shift_labels"] ?? inputs["labels"] else { return nil }
        let isShifted = inputs["shift_labels"] == nil && model is any CausalLanguageModel
        let counted =
            isShifted ? labels.narrow(dim: -1, start: 1, length: labels.size(-1) - 1) : labels
        return counted.ne(-100).sum().itemInt()
    }
}

/// What is kept of a batch.
struct PredictionRequest {
    /// Whether only the loss counts.
    let lossOnly: Bool
    /// Outputs that are not kept.
    let ignoreKeys: [String]
}

extension EvaluatedBatch {
    /// Drops what metrics have taken in already.
    mutating func forgetPredictions() { (outputs, targets, inputs) = ([], [], nil) }
}
