import TuneAccelerator
import TuneBase
import TuneBatching
public import TuneDatasets
public import TuneMetrics
import TuneNN
import TuneTorch

extension Trainer {
    /// Evaluates the model and logs the result.
    ///
    /// - Parameters:
    ///   - dataset: The data; nil takes the trainer's evaluation data.
    ///   - metricKeyPrefix: What metric names begin with.
    /// - Returns: Loss, metrics of `computeMetrics`, speed and epoch.
    /// - Throws: `TuneError` when there is no data, or it does not fit the model.
    @discardableResult
    public func evaluate(
        _ dataset: Dataset? = nil, metricKeyPrefix: String = "eval"
    ) throws -> MetricResult {
        guard let dataset = dataset ?? evalDataset else {
            throw TuneError(
                .missingInput, "There is no data to evaluate on.",
                remedy: "Pass a dataset to evaluate, or evalDataset to Trainer.")
        }
        let result = try evaluation(
            of: dataset, split: "evaluation", prefix: metricKeyPrefix,
            keepsPredictions: computeMetrics != nil && !args.predictionLossOnly)
        var metrics = result.metrics
        try log(metrics.asJSON)
        metrics["epoch"] = state.epoch
        try emit(.evaluate(metrics))
        return metrics
    }

    /// Predicts a dataset; labels are optional.
    ///
    /// - Parameters:
    ///   - dataset: The data.
    ///   - metricKeyPrefix: What metric names begin with.
    /// - Returns: Scores, labels and metrics; nothing is added to the history.
    /// - Throws: `TuneError` when the data does not fit the model.
    public func predict(
        _ dataset: Dataset, metricKeyPrefix: String = "test"
    ) throws -> PredictionOutput {
        let result = try evaluation(
            of: dataset, split: "test", prefix: metricKeyPrefix, keepsPredictions: true)
        try emit(.predict(result.metrics))
        return PredictionOutput(
            predictions: result.collected.predictions ?? HostArray([Float](), shape: [0]),
            labelIDs: result.collected.labelIDs, metrics: result.metrics)
    }

    private func evaluation(
        of dataset: Dataset, split: String, prefix: String, keepsPredictions: Bool
    ) throws -> (collected: CollectedPredictions, metrics: MetricResult) {
        if args.mode == .fast { TorchRuntime.retainFreedMemory() }
        let loader = try evaluationLoader(dataset, split: split)
        placeForEvaluation()
        let start = monotonicSeconds()
        let groups = try rowGroups(loader)
        let collected = try ExecutionMode.$current.withValue(args.mode) {
            if let groups {
                return try rowwiseLoop(loader, groups, keepsPredictions: keepsPredictions)
            }
            return try evaluationLoop(loader, keepsPredictions: keepsPredictions)
        }
        var metrics = try metrics(of: collected, prefix: prefix)
        let speed = speedMetrics(
            prefix, runtime: monotonicSeconds() - start, samples: Double(collected.rowCount),
            steps: (collected.rowCount + args.evalBatchSize - 1) / args.evalBatchSize)
        metrics = metrics.merging(speed)
        return (collected, metrics)
    }

    /// Runs the model over all batches, in evaluation mode and without gradients.
    private func evaluationLoop(
        _ loader: DataLoader, keepsPredictions: Bool
    ) throws -> CollectedPredictions {
        model.eval()
        var collected = PredictionCollector()
        let batches = loader.makeBatchIterator()
        var done = 0
        while let batch = try batches.next() {
            try guardingStep {
                try predictionStep(batch, keepsPredictions: keepsPredictions, into: &collected)
            }
            done += 1
            try emit(.predictionStep(batch: done, count: loader.count))
        }
        return collected.collected
    }

    /// Runs the model over one batch.
    private func predictionStep(
        _ batch: TensorBatch, keepsPredictions: Bool, into collected: inout PredictionCollector
    ) throws {
        let output = try withoutGradients {
            try accelerator.autocast { try computeLoss(batch) }
        }
        let hasLabels = hasLabels(batch)
        try collected.add(
            loss: hasLabels ? output.loss : nil,
            logits: keepsPredictions ? output.logits : nil,
            labels: hasLabels && keepsPredictions ? labelNames.first.flatMap { batch[$0] } : nil,
            rows: output.logits.shape.first ?? 0)
    }

    /// Whether a batch has everything that counts as a label.
    func hasLabels(_ batch: TensorBatch) -> Bool {
        !labelNames.isEmpty && labelNames.allSatisfy { batch[$0] != nil }
    }

    /// The loss, then the user's metrics, with the split's prefix.
    private func metrics(
        of collected: CollectedPredictions, prefix: String
    ) throws -> MetricResult {
        var metrics = MetricResult()
        if let loss = collected.meanLoss(skippingNonFinite: args.loggingNanInfFilter) {
            metrics["\(prefix)_loss"] = loss
        }
        if let preparationTime {
            metrics["\(prefix)_model_preparation_time"] = preparationTime
        }
        guard let computeMetrics, let predictions = collected.predictions,
            let labelIDs = collected.labelIDs
        else { return metrics }
        let computed = try computeMetrics(
            EvalPrediction(predictions: predictions, labelIDs: labelIDs))
        for (name, value) in computed.entries {
            metrics.set(prefixedMetric(name, prefix), value)
        }
        return metrics
    }

    /// Brings the model to the device where no training has done so, and notes how long it took.
    private func placeForEvaluation() {
        guard !isPrepared else { return }
        let start = monotonicSeconds()
        placeModel()
        preparationTime = rounded(monotonicSeconds() - start, digits: 4)
    }
}
