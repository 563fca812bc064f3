/// The losses, scores and labels of a whole evaluation.
struct CollectedPredictions {
    /// The loss of each batch with the number of its rows.
    let losses: [(value: Float, rows: Int)]
    /// All scores; nil when none were kept.
    let predictions: HostArray?
    /// All labels; nil when there are none, or none were kept.
    let labelIDs: HostArray?
    /// The number of rows.
    let rowCount: Int

    /// The mean loss over all rows; `skippingNonFinite` leaves out batches without a finite loss
    /// as long as another one has it.
    func meanLoss(skippingNonFinite: Bool) -> Double? {
        guard !losses.isEmpty else { return nil }
        let finite = losses.filter(\.value.isFinite)
        let counted = skippingNonFinite && !finite.isEmpty ? finite : losses
        let repeated = counted.flatMap { Array(repeating: $0.value, count: $0.rows) }
        return Double(pairwiseMean(repeated))
    }
}
