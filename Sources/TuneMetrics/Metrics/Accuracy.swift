import TuneBase

extension MetricDefinition {
    /// The fraction of predictions that are right, or their number with `normalize(false)`.
    static let accuracy = MetricDefinition(
        .int32, options: [.normalize, .sampleWeight],
        usage: "Returns accuracy: the fraction of predictions that equal their reference."
    ) { examples, context in
        let settings = context.settings
        let isRight = zip(examples.classes.predictions, examples.classes.references).map(==)
        let weights = settings.sampleWeight ?? Array(repeating: 1, count: isRight.count)
        let right = zip(isRight, weights).reduce(0) { $1.0 ? $0 + $1.1 : $0 }
        return ["accuracy": settings.normalize ? right / weights.reduce(0, +) : right]
    }
}
