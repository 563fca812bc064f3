package import Logging
import TuneBase
public import TuneNN
public import TuneTorch

/// A loss of your own: from the model's output, the labels (nil when the batch has none), and the
/// number of labels in the whole update.
///
/// The losses of the batches of an update are added up, so divide sums by that number.
public typealias LossFunction = (
    _ output: ModelOutput, _ labels: Tensor?, _ numItemsInBatch: Int?
) throws -> Tensor

/// Where the loss of a batch comes from: the model, label smoothing, or a function of the user's.
package struct LossPolicy {
    let smoother: LabelSmoother?
    package let function: LossFunction?

    /// Chooses; a function comes before smoothing.
    ///
    /// Smoothing is off, with a warning, for a model whose configuration names several labels for
    /// each row.
    package init(
        smoothing epsilon: Double, function: LossFunction?, for model: any TrainableModel,
        logger: Logger
    ) {
        self.function = function
        let problem = model.configuration["problem_type"]?.string
        if epsilon != 0, problem == "multi_label_classification" {
            logger.warning(
                "Label smoothing does not fit rows with several labels (multi_label_classification); it is off."
            )
            smoother = nil
        } else {
            smoother = epsilon == 0 ? nil : LabelSmoother(epsilon: epsilon)
        }
    }

    /// Whether losses are divided by the labels of the whole update, so that those of its batches
    /// add up to its mean.
    package var normalizesOverUpdate: Bool { smoother != nil || function != nil }

    /// Whether the labels stay away from the model.
    private var takesLabels: Bool { normalizesOverUpdate }

    /// Computes the model's output with the loss of this policy.
    ///
    /// - Parameters:
    ///   - model: The model.
    ///   - inputs: The batch, with `labels` where there are any.
    ///   - numItemsInBatch: The number of labels in the whole update; nil without labels.
    /// - Returns: The output; its loss is nil where there are no labels.
    /// - Throws: What model and function throw, and `TuneError` for labels that do not fit.
    package func output(
        of model: any TrainableModel, _ inputs: TensorBatch, numItemsInBatch: Int?
    ) throws -> ModelOutput {
        guard takesLabels else { return try model(inputs) }
        var inputs = inputs
        let labels = inputs.removeValue(forKey: "labels")
        var output = try model(inputs)
        if let function {
            output.loss = try function(output, labels, numItemsInBatch)
        } else if let smoother, let labels {
            output.loss = try smoother(
                output, labels: labels, shiftLabels: model is any CausalLanguageModel,
                numItemsInBatch: numItemsInBatch)
        }
        return output
    }

    /// The losses of single rows; nil where this policy has none.
    func rowLosses(
        of model: any TrainableModel, logits: Tensor, labels: Tensor
    ) throws -> RowLosses? {
        if let smoother { return try smoother.rowLosses(logits: logits, labels: labels) }
        return try (model as? any RowwiseModel)?.rowLosses(logits: logits, labels: labels)
    }

    /// Whether ``rowLosses(of:logits:labels:)`` gives the losses whose mean is that of a batch.
    var hasRowLosses: Bool { function == nil }
}
