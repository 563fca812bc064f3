extension MetricDefinition {
    /// How many of the examples predicted to have a label do have it.
    static let precision = MetricDefinition(
        .int32, options: LabelScore.options,
        usage: "Returns precision: the fraction of predicted positives that are positive."
    ) { examples, context in
        try LabelScore.precision.result("precision", examples.classes, context)
    }
}
