extension MetricDefinition {
    /// The correlation of predicted and right classes, for any number of classes; -1 to 1.
    static let matthewsCorrelation = MetricDefinition(
        .int32, options: [.sampleWeight],
        usage: "Returns matthews_correlation: the correlation of predicted and right classes."
    ) { examples, context in
        ["matthews_correlation": matthews(examples.classes, context.settings.sampleWeight)]
    }
}

/// The covariance of both class indicators over their standard deviations; 0 when one is constant.
func matthews(_ pairs: Pairs<Int>, _ weights: [Double]?) -> Double {
    let counts = LabelCounts.each(in: pairs, weights: weights)
    let right = counts.reduce(0) { $0 + $1.both }
    let total = counts.reduce(0) { $0 + $1.predicted }
    func cross(_ term: (LabelCounts) -> Double) -> Double { counts.reduce(0) { $0 + term($1) } }
    let covariance = right * total - cross { $0.actual * $0.predicted }
    let predictedVariance = total * total - cross { $0.predicted * $0.predicted }
    let actualVariance = total * total - cross { $0.actual * $0.actual }
    let product = predictedVariance * actualVariance
    return product == 0 ? 0 : covariance / product.squareRoot()
}
