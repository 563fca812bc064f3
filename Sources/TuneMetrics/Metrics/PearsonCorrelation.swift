extension MetricDefinition {
    /// The linear correlation of two series, -1 to 1; NaN when one is constant or has a NaN.
    static let pearsonCorrelation = MetricDefinition(
        .float32, usage: "Returns pearsonr: the linear correlation of two series."
    ) { examples, context in
        let predictions = examples.values.predictions.map(Double.init)
        let references = examples.values.references.map(Double.init)
        return ["pearsonr": try pearson(references, predictions, context)]
    }
}
