extension MetricDefinition {
    /// The correlation of the ranks of two series, -1 to 1; NaN when one is constant or has a NaN.
    static let spearmanCorrelation = MetricDefinition(
        .float32, usage: "Returns spearmanr: the correlation of the ranks of two series."
    ) { examples, context in
        let predictions = examples.values.predictions.map(Double.init)
        let references = examples.values.references.map(Double.init)
        return ["spearmanr": spearman(references, predictions, context)]
    }
}
