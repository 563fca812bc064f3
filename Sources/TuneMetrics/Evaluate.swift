/// The entry points of Python's `evaluate` package: load a metric by name, combine several.
///
/// ```swift
/// let metric = try Evaluate.load("glue", "mrpc")
/// try metric.addBatch(predictions: [1, 0, 1], references: [1, 0, 0])
/// print(try metric.compute())  // {'accuracy': 0.6666666666666666, 'f1': 0.6666666666666666}
/// ```
///
/// The metrics are part of this library, so nothing is downloaded; names, configurations, results
/// and error texts are those of the scripts that Python fetches.
public enum Evaluate {
    /// Loads a metric.
    ///
    /// - Parameters:
    ///   - path: The metric's name, such as `"accuracy"`; ``listEvaluationModules()`` has them all.
    ///   - configName: The variant; only `"glue"` has several, and needs one.
    /// - Returns: A metric without stored examples.
    /// - Throws: `TuneError` that lists the known names and suggests the nearest one.
    public static func load(
        _ path: String, _ configName: String? = nil
    ) throws -> EvaluationModule {
        try EvaluationModule(
            name: path, configName: configName, MetricRegistry.definition(path, configName))
    }

    /// The names that ``load(_:_:)`` accepts, in alphabetical order.
    public static func listEvaluationModules() -> [String] { MetricRegistry.names }

    /// Loads several metrics that are fed and computed as one.
    ///
    /// - Parameters:
    ///   - names: Names that ``load(_:_:)`` accepts without a configuration.
    ///   - forcePrefix: Whether every score gets its metric's name as prefix.
    /// - Returns: The combination.
    /// - Throws: `TuneError` when a name is unknown.
    public static func combine(
        _ names: [String], forcePrefix: Bool = false
    ) throws -> CombinedEvaluations {
        try combine(names.map { try load($0) }, forcePrefix: forcePrefix)
    }

    /// Combines metrics so that they are fed and computed as one.
    ///
    /// - Parameters:
    ///   - modules: Loaded metrics; scores of the same name are told apart by the metric's name.
    ///   - forcePrefix: Whether every score gets its metric's name as prefix.
    /// - Returns: The combination.
    public static func combine(
        _ modules: [EvaluationModule], forcePrefix: Bool = false
    ) -> CombinedEvaluations {
        CombinedEvaluations(modules.map { ($0.name, $0) }, forcePrefix: forcePrefix)
    }

    /// Combines metrics under names of your own.
    ///
    /// - Parameters:
    ///   - modules: Loaded metrics with the names that tell scores of the same name apart.
    ///   - forcePrefix: Whether every score gets the given name as prefix.
    /// - Returns: The combination.
    public static func combine(
        _ modules: KeyValuePairs<String, EvaluationModule>, forcePrefix: Bool = false
    ) -> CombinedEvaluations {
        CombinedEvaluations(modules.map { ($0.key, $0.value) }, forcePrefix: forcePrefix)
    }
}
