import TuneAccelerator
import TuneBase
import TuneBatching
public import TuneDatasets
public import TuneMetrics
import TuneNN
import TuneTorch

extension Trainer {
    /// Evaluates several datasets, one after another, and logs each result.
    ///
    ///     try trainer.evaluate(["easy": easy, "hard": hard])  // eval_easy_loss, eval_hard_loss, …
    ///
    /// - Parameters:
    ///   - datasets: The data by names, which follow the prefix in the names of metrics.
    ///   - ignoreKeys: Outputs of the model that are not kept.
    ///   - metricKeyPrefix: What metric names begin with.
    /// - Returns: The metrics of all.
    /// - Throws: `TuneError` for no dataset, a name that a literal gives twice, and data that is
    ///   empty or does not fit the model.
    @discardableResult
    public func evaluate(
        _ datasets: DatasetDict, ignoreKeys: [String] = [], metricKeyPrefix: String = "eval"
    ) throws -> MetricResult {
        guard !datasets.isEmpty else {
            throw TuneError(
                .missingInput, "There is no dataset to evaluate.",
                remedy: "Pass one or more datasets with names.")
        }
        try checkEvaluationSets(datasets)
        return try datasets.splits.reduce(into: MetricResult()) { metrics, set in
            let part = try evaluate(
                set.dataset, ignoreKeys: ignoreKeys,
                metricKeyPrefix: "\(metricKeyPrefix)_\(set.name)")
            metrics = metrics.merging(part)
        }
    }

    /// Evaluates one dataset, or all evaluation sets under their names, and logs the results.
    func evaluateAndLog(
        _ dataset: Dataset?, _ ignoreKeys: [String], prefix: String
    ) throws -> MetricResult {
        guard dataset == nil, !evalDatasets.isEmpty else {
            return try evaluateOne(dataset, ignoreKeys, prefix: prefix)
        }
        return try evaluate(evalDatasets, ignoreKeys: ignoreKeys, metricKeyPrefix: prefix)
    }

    private func evaluateOne(
        _ dataset: Dataset?, _ ignoreKeys: [String], prefix: String
    ) throws -> MetricResult {
        memory.start(.evaluation)
        placeForEvaluation()
        let start = monotonicSeconds()
        let output = try evaluationLoop(
            getEvalDataloader(dataset), description: "Evaluation",
            predictionLossOnly: metricFunctions.isEmpty || args.predictionLossOnly,
            ignoreKeys: ignoreKeys, metricKeyPrefix: prefix)
        var metrics = output.metrics.merging(speed(of: output, prefix, since: start))
        try log(metrics.asJSON)
        metrics = withPosition(metrics)
        try emit(.evaluate(metrics))
        return metrics.merging(memory.stop(.evaluation))
    }

    /// Predicts a dataset without a row in the history.
    func predictions(
        of dataset: Dataset, _ ignoreKeys: [String], prefix: String
    ) throws -> PredictionOutput {
        memory.start(.prediction)
        placeForEvaluation()
        let start = monotonicSeconds()
        let output = try evaluationLoop(
            getTestDataloader(dataset), description: "Prediction",
            predictionLossOnly: args.predictionLossOnly, ignoreKeys: ignoreKeys,
            metricKeyPrefix: prefix)
        let metrics = output.metrics.merging(speed(of: output, prefix, since: start))
        try emit(.predict(metrics))
        return PredictionOutput(
            outputs: output.prediction.outputs, targets: output.prediction.targets,
            batches: output.prediction.batches, metrics: metrics.merging(memory.stop(.prediction)))
    }

    /// Runtime and throughput.
    private func speed(
        of output: EvalLoopOutput, _ prefix: String, since start: Double
    ) -> MetricResult {
        let batches = (output.numSamples + args.evalBatchSize - 1) / args.evalBatchSize
        return speedMetrics(
            prefix, runtime: monotonicSeconds() - start,
            samples: Double(output.numSamples), steps: batches)
    }

    /// Runs the model over all batches, in evaluation mode and without gradients, and computes
    /// metrics.
    func runEvaluation(_ request: EvaluationRequest) throws -> EvalLoopOutput {
        makeReady(for: args.mode)
        placeForEvaluation()
        return try ExecutionMode.$current.withValue(args.mode) {
            try model.withParameters(in: evaluationType) {
                model.eval()
                let groups = try rowGroups(request)
                let (collected, batchMetrics) =
                    try groups.map { (try rowwiseLoop(request, $0), MetricResult()) }
                    ?? batchLoop(request)
                return try output(of: collected, batchMetrics, request)
            }
        }
    }

    /// The type of the weights in an evaluation outside training; nil leaves them alone.
    private var evaluationType: DType? {
        guard !isInTrain else { return nil }
        return args.fp16FullEval ? .float16 : args.bf16FullEval ? .bfloat16 : nil
    }

    private func output(
        of collected: CollectedPredictions, _ batchMetrics: MetricResult,
        _ request: EvaluationRequest
    ) throws -> EvalLoopOutput {
        let prediction = collected.prediction(
            includesLoss: args.includeForMetrics.contains(.loss))
        let isComputed = collected.hasPairs && !args.batchEvalMetrics
        let computed = try (isComputed ? metricFunctions.whole : nil)?(prediction)
        return EvalLoopOutput(
            prediction: prediction,
            metrics: MetricResult(
                computed ?? batchMetrics,
                loss: collected.meanLoss(skippingNonFinite: args.loggingNanInfFilter),
                preparationTime: preparationTime, prefix: request.prefix),
            numSamples: collected.rowCount)
    }

    /// Brings the model to the device where no training has done so, and notes how long it took.
    private func placeForEvaluation() {
        guard !isPrepared else { return }
        let start = monotonicSeconds()
        placeModel()
        preparationTime = rounded(monotonicSeconds() - start, digits: 4)
    }
}
