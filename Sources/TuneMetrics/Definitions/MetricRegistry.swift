import TuneBase

/// The metrics that exist, by the names under which Python loads them.
enum MetricRegistry {
    private static let definitions: [String: MetricDefinition] = [
        "accuracy": .accuracy,
        "f1": .f1,
        "mae": .meanAbsoluteError,
        "matthews_correlation": .matthewsCorrelation,
        "mse": .meanSquaredError,
        "pearsonr": .pearsonCorrelation,
        "precision": .precision,
        "recall": .recall,
        "spearmanr": .spearmanCorrelation,
    ]

    static let names = (definitions.keys + ["glue"]).sorted()

    static func definition(_ name: String, _ configName: String?) throws -> MetricDefinition {
        if name == "glue" { return try .glue(configName) }
        guard let definition = definitions[name] else {
            throw TuneError(
                .badConfig, "There is no metric '\(name)'.",
                remedy: suggestion(for: name, among: names))
        }
        guard configName == nil || configName == "default" else {
            throw TuneError(
                .badConfig, "The metric '\(name)' has no configuration '\(configName ?? "")'.",
                remedy: "Known: default. Only 'glue' has several configurations.")
        }
        return definition
    }
}
