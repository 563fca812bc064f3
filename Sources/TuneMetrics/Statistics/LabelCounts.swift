/// How often one label is predicted, right, and both; fractional when examples are weighted.
struct LabelCounts {
    var both = 0.0
    var predicted = 0.0
    var actual = 0.0

    /// The counts of both added.
    static func + (a: LabelCounts, b: LabelCounts) -> LabelCounts {
        LabelCounts(
            both: a.both + b.both, predicted: a.predicted + b.predicted,
            actual: a.actual + b.actual)
    }

    /// The counts of each label in `labels`, in that order.
    ///
    /// - Parameters:
    ///   - pairs: Predicted and right labels.
    ///   - labels: The labels to count; those that occur, ascending, when nil.
    ///   - weights: How much each pair counts; 1 when nil.
    /// - Returns: As many counts as labels.
    static func each(
        in pairs: Pairs<Int>, labels: [Int]? = nil, weights: [Double]? = nil
    ) -> [LabelCounts] {
        var counts: [Int: LabelCounts] = [:]
        for (position, pair) in zip(pairs.predictions, pairs.references).enumerated() {
            let (prediction, reference) = pair
            let weight = weights?[position] ?? 1
            counts[prediction, default: LabelCounts()].predicted += weight
            counts[reference, default: LabelCounts()].actual += weight
            if prediction == reference { counts[prediction]?.both += weight }
        }
        return (labels ?? counts.keys.sorted()).map { counts[$0] ?? LabelCounts() }
    }
}
