import TuneBase
public import TuneNN
import TuneOptim
public import TuneTorch

extension Accelerator {
    /// Computes gradients of a loss, divided by the number of accumulated batches.
    ///
    /// - Throws: `TuneError` when the batch had no labels and so there is no loss.
    public func backward(_ loss: Tensor?) throws {
        guard let loss else {
            throw TuneError(
                .badData, "The model returned no loss.",
                remedy: "Give the batch a column of labels.")
        }
        let scaled =
            gradientAccumulationSteps > 1 ? loss / Double(gradientAccumulationSteps) : loss
        scaled.backward()
    }

    /// Runs the work on one batch so that optimizers and schedules step only with every n-th
    /// batch and with the last one of a loader; in between, `step()` and `zeroGrad()` of the
    /// prepared optimizers do nothing.
    public func accumulate<Result>(_ model: Module, _ body: () throws -> Result) rethrows -> Result
    {
        batchesAccumulated += 1
        syncGradients =
            passes.isAtLastBatch || batchesAccumulated % gradientAccumulationSteps == 0
        if passes.isAtLastBatch { batchesAccumulated = 0 }
        for optimizer in optimizers { optimizer.isAccumulating = !syncGradients }
        defer { for optimizer in optimizers { optimizer.isAccumulating = false } }
        return try body()
    }

    /// Scales gradients so that their joint norm is at most `maxNorm`; call it when
    /// ``syncGradients`` is true.
    ///
    /// - Returns: The norm before clipping, a scalar.
    @discardableResult
    public func clipGradNorm(_ parameters: [Tensor], maxNorm: Double) -> Tensor {
        TuneOptim.clipGradNorm(parameters, maxNorm: maxNorm)
    }
}
