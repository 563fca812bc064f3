extension MetricDefinition {
    /// The mean of the squared differences, or its root with `squared(false)`.
    static let meanSquaredError = MetricDefinition(
        .float32, options: [.sampleWeight, .squared],
        usage: "Returns mse: the mean of the squared differences."
    ) { examples, context in
        let mean = try meanError(examples.values, context) { $0 * $0 }
        return ["mse": context.settings.squared ? mean : mean.squareRoot()]
    }
}
