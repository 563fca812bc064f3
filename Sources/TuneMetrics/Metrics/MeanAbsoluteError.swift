import TuneBase

extension MetricDefinition {
    /// The mean of the differences without their signs.
    static let meanAbsoluteError = MetricDefinition(
        .float32, options: [.sampleWeight],
        usage: "Returns mae: the mean of the absolute differences."
    ) { examples, context in
        ["mae": try meanError(examples.values, context, abs)]
    }
}

/// The weighted mean of what `loss` makes of each difference between reference and prediction.
func meanError(
    _ pairs: Pairs<Float>, _ context: MetricContext, _ loss: (Double) -> Double
) throws -> Double {
    for value in pairs.references + pairs.predictions where !value.isFinite {
        throw TuneError(
            .badData,
            value.isNaN
                ? "Input contains NaN."
                : "Input contains infinity or a value too large for dtype('float32').",
            remedy: "Look for diverged predictions or missing references.")
    }
    let losses = zip(pairs.references, pairs.predictions).map { loss(Double($0) - Double($1)) }
    guard let weights = context.settings.sampleWeight else {
        return pairwiseSum(losses) / Double(losses.count)
    }
    return pairwiseSum(zip(losses, weights).map(*)) / pairwiseSum(weights)
}
