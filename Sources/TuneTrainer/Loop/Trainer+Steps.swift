import TuneBase
import TuneNN
import TuneOptim
import TuneTorch

extension Trainer {
    /// Runs tensor work of a step; failures become errors that say what to do.
    func guardingStep<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try catchingTorchErrors(body)
        } catch let error as TorchError where error.isOutOfMemory {
            throw TuneError(
                .failed,
                "Memory ran out at step \(state.globalStep + 1) with \(args.trainBatchSize) rows per batch.",
                remedy:
                    "Lower perDeviceTrainBatchSize and raise gradientAccumulationSteps by the same factor.",
                cause: error)
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

    func notFinite(_ quantity: String, _ value: Double) -> TuneError {
        TuneError(
            .failed,
            "The \(quantity) became \(pythonRepr(value)) at step \(state.globalStep + 1) (epoch \(logNumber(state.epoch))); this update was not made.",
            remedy:
                "Lower the learning rate, add warmupSteps, or look for broken values in the data.")
    }

    func missingLoss(_ batch: TensorBatch) -> TuneError {
        TuneError(
            .badData,
            "The model returned no loss; its inputs were \(batch.keys.sorted().joined(separator: ", ")).",
            remedy: "The data needs a column of labels named 'label' or 'labels'.")
    }
}

/// A number for a message, with at most two digits after the point.
private func logNumber(_ value: Double) -> String { pythonRepr(rounded(value, digits: 2)) }
