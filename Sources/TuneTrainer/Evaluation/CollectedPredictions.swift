/// The losses, scores and labels of a whole evaluation.
struct CollectedPredictions {
    /// The loss of each batch with the number of its rows.
    let losses: [(value: Float, rows: Int)]
    /// The number of rows.
    let rowCount: Int
    /// The model's outputs; none when none were kept.
    var outputs: [HostArray] = []
    /// The labels; none when there are none, or none were kept.
    var targets: [HostArray] = []
    /// The model's main input, where it was kept.
    var inputs: HostArray?
    /// For each row the loss of its batch; none without losses.
    var rowLosses: [Float] = []
    /// Every batch by itself, where they are not joined.
    var batches: [EvalPrediction] = []

    /// The mean loss over all rows; `skippingNonFinite` leaves out batches without a finite loss
    /// as long as another one has it.
    func meanLoss(skippingNonFinite: Bool) -> Double? {
        guard !losses.isEmpty else { return nil }
        let finite = losses.filter(\.value.isFinite)
        let counted = skippingNonFinite && !finite.isEmpty ? finite : losses
        let repeated = counted.flatMap { Array(repeating: $0.value, count: $0.rows) }
        return Double(pairwiseMean(repeated))
    }

    /// What metrics and the caller get.
    func prediction(includesLoss: Bool) -> EvalPrediction {
        EvalPrediction(
            outputs: outputs, targets: targets, inputs: inputs,
            losses: includesLoss && !rowLosses.isEmpty ? rowLosses : nil, batches: batches)
    }

    /// Whether there are both predictions and labels, which metrics need.
    var hasPairs: Bool {
        guard let first = batches.first else { return !outputs.isEmpty && !targets.isEmpty }
        return !first.outputs.isEmpty && !first.targets.isEmpty
    }
}
