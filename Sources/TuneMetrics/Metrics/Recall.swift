extension MetricDefinition {
    /// How many of the examples with a label are predicted to have it.
    static let recall = MetricDefinition(
        .int32, options: LabelScore.options,
        usage: "Returns recall: the fraction of positives that are predicted positive."
    ) { examples, context in
        try LabelScore.recall.result("recall", examples.classes, context)
    }
}
