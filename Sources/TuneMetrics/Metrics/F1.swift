extension MetricDefinition {
    /// The harmonic mean of precision and recall.
    static let f1 = MetricDefinition(
        .int32, options: LabelScore.options,
        usage: "Returns f1: the harmonic mean of precision and recall."
    ) { examples, context in
        try LabelScore.f1.result("f1", examples.classes, context)
    }
}
