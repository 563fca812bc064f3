import TuneAccelerator
import TuneBase
import TuneNN
import TuneTorch

extension Trainer {
    /// The rule by which the losses of an update's batches become one.
    var lossScaling: LossScaling {
        LossScaling(
            args.gradientAccumulationScaling, isNormalized: lossIsScaledForUpdate,
            shiftsLabels: model is any CausalLanguageModel)
    }

    /// Computes the loss of one batch and adds its gradient.
    ///
    /// - Returns: The loss, as it entered the gradient.
    func addGradient(of inputs: TensorBatch, _ scale: LossScale) throws -> Double {
        if !model.isTraining { model.train() }
        let output = try computeLoss(inputs, numItemsInBatch: scale.numItemsInBatch)
        guard let loss = output.loss else { throw missingLoss(inputs) }
        emptyCacheIfDue()
        let weighted = scale.weight == 1 ? loss : loss * scale.weight
        let value = weighted.item()
        guard value.isFinite else { throw NonFiniteFault("loss", value) }
        (gradScaler?.scale(weighted) ?? weighted).backward()
        return value
    }
}
