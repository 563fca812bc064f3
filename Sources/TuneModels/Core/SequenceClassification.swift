import TuneBase
public import TuneNN
import TuneTorch

/// A model that scores whole sequences, Python's `…ForSequenceClassification`.
public protocol SequenceClassificationModel: PretrainedModel, TrainableModel {}

extension SequenceClassificationModel {
    /// The label names by class index.
    public var id2label: [String] { config.common.id2label }
    /// The number of classes.
    public var numLabels: Int { config.common.numLabels }
}

extension ProblemType {
    /// The problem that labels of this type pose, by Python's rule: one output is a regression,
    /// integers name one class, anything else is one target per class.
    init(labels: Tensor, logits: Tensor) {
        if logits.shape.last == 1 {
            self = .regression
        } else if labels.dtype == .int64 || labels.dtype == .int32 {
            self = .singleLabelClassification
        } else {
            self = .multiLabelClassification
        }
    }

    /// The mean loss of a batch.
    ///
    /// - Throws: `TuneError` when there is not one label (or one target per class) for each row.
    func loss(logits: Tensor, labels: Tensor) throws -> Tensor {
        try loss(logits, labels, .mean)
    }

    /// The losses of single rows, whose weighted mean is ``loss(logits:labels:)``.
    ///
    /// - Throws: `TuneError` as for the mean.
    func rowLosses(logits: Tensor, labels: Tensor) throws -> RowLosses {
        let rows = logits.shape[0]
        let values = try loss(logits, labels, .none).reshape([rows, -1]).mean(dims: [1])
        let weights =
            self == .singleLabelClassification
            ? labels.reshape([rows]).ne(-100).to(.float32) : Tensor.ones([rows])
        return RowLosses(values: values, weights: weights)
    }

    private func loss(
        _ logits: Tensor, _ labels: Tensor, _ reduction: Reduction
    ) throws -> Tensor {
        let expected = expectedCount(logits)
        guard labels.count == expected else {
            throw TuneError(
                .badData,
                "The labels have shape \(labels.shape), the logits \(logits.shape); "
                    + "\(rawValue) needs \(expected) labels.",
                remedy: "Check the label column and the number of labels.")
        }
        switch self {
        case .regression:
            return logits.reshape([-1])
                .mse(target: labels.reshape([-1]).to(logits.dtype), reduction: reduction)
        case .singleLabelClassification:
            return logits.reshape([-1, logits.shape.last ?? 1])
                .crossEntropy(target: labels.reshape([-1]), reduction: reduction)
        case .multiLabelClassification:
            return logits.bceWithLogits(
                target: labels.reshape(logits.shape).to(logits.dtype), reduction: reduction)
        }
    }

    private func expectedCount(_ logits: Tensor) -> Int {
        self == .singleLabelClassification ? logits.shape[0] : logits.count
    }
}
