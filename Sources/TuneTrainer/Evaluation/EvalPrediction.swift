/// What metrics are computed from: predictions and true labels.
public struct EvalPrediction: Sendable {
    /// The model's outputs: scores, `[rows, labels]` for sequences, and further ones after them.
    public let outputs: [HostArray]
    /// The true labels, one array for each name of a label.
    public let targets: [HostArray]
    /// The model's main input, token ids, where `includeForMetrics` has `.inputs`; padded with
    /// -100.
    public let inputs: HostArray?
    /// For each row the mean loss of its batch, where `includeForMetrics` has `.loss`.
    public let losses: [Float]?
    /// Every batch by itself, where `evalDoConcatBatches` is false; the other fields are empty
    /// then.
    public let batches: [EvalPrediction]

    /// Pairs predictions with labels.
    public init(predictions: HostArray, labelIDs: HostArray) {
        self.init(outputs: [predictions], targets: [labelIDs])
    }

    init(
        outputs: [HostArray] = [], targets: [HostArray] = [], inputs: HostArray? = nil,
        losses: [Float]? = nil, batches: [EvalPrediction] = []
    ) {
        (self.outputs, self.targets, self.inputs) = (outputs, targets, inputs)
        (self.losses, self.batches) = (losses, batches)
    }

    /// The model's scores, `[rows, labels]`: the first of ``outputs``.
    public var predictions: HostArray { outputs.first ?? .empty }

    /// The true labels, `[rows]`: the first of ``targets``.
    public var labelIDs: HostArray { targets.first ?? .empty }

    /// Both, for `let (logits, labels) = prediction.unpacked`.
    public var unpacked: (predictions: HostArray, labelIDs: HostArray) { (predictions, labelIDs) }
}
