import TuneBase
import TuneMetrics
import TuneNN
import TuneOptim
import TuneTorch

extension Trainer {
    /// Runs tensor work of a step; failures become errors that say what to do.
    ///
    /// - Parameters:
    ///   - attempts: How often it is tried when memory runs out.
    ///   - body: The work.
    /// - Returns: What `body` returns.
    /// - Throws: `TuneError` when memory runs out in every attempt, or what `body` throws.
    func guardingStep<Result>(attempts: Int = 1, _ body: () throws -> Result) throws -> Result {
        do {
            return try catchingTorchErrors(body)
        } catch let error as TorchError where error.isOutOfMemory {
            guard attempts > 1 else { throw outOfMemory(error) }
            return try guardingStep(attempts: attempts - 1, body)
        }
    }

    /// The norm of the whole gradient, which is scaled down where it exceeds the limit, in the mode
    /// `fast` as part of the optimizer's step.
    func clippedGradientNorm() -> Double {
        if args.mode == .fast, let optimizer {
            return optimizer.clipGradientsInStep(maxNorm: args.maxGradNorm)
        }
        let parameters = model.parameters()
        let norm =
            args.maxGradNorm > 0
            ? clipGradNorm(parameters, maxNorm: args.maxGradNorm) : gradientNorm(parameters)
        return norm.item()
    }

    /// Takes over the operations counted since the last time.
    func storeOperations() { state.totalFlos += operations.drain() }

    /// Lets a schedule that follows a metric move on.
    func moveSchedule(by metrics: MetricResult) throws {
        guard let lrScheduler, lrScheduler.followsMetric else { return }
        lrScheduler.step(metric: try bestModelMetric(of: metrics))
    }

    func missingLoss(_ batch: TensorBatch) -> TuneError {
        TuneError(
            .badData,
            "The model returned no loss; its inputs were \(batch.keys.sorted().joined(separator: ", ")).",
            remedy: "The data needs a column of labels named 'label' or 'labels'.")
    }
}
