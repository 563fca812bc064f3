import TuneBase

extension MetricDefinition {
    /// The configurations of `glue`, in the order in which messages list them.
    static let glueConfigurations = [
        "sst2", "mnli", "mnli_mismatched", "mnli_matched", "cola", "stsb", "mrpc", "qqp", "qnli",
        "rte", "wnli", "hans",
    ]

    /// The scores of one GLUE task.
    static func glue(_ configName: String?) throws -> MetricDefinition {
        switch configName {
        case "cola": return glueCorrelation
        case "stsb": return glueSimilarity
        case "mrpc", "qqp": return glueParaphrase
        case let name? where glueConfigurations.contains(name): return glueAccuracy
        default:
            let quoted = glueConfigurations.map { "\"\($0)\"" }.joined(separator: ", ")
            throw TuneError(
                .badConfig, "You should supply a configuration name selected in [\(quoted)].",
                remedy: configName.map { suggestion(for: $0, among: glueConfigurations) }
                    ?? "For example: load(\"glue\", \"mrpc\").")
        }
    }

    private static let glueAccuracy = MetricDefinition(
        .int64, usage: "Returns accuracy.", accuracy.formula)

    private static let glueParaphrase = MetricDefinition(
        .int64, usage: "Returns accuracy and the f1 of the positive class."
    ) { examples, context in
        let f1 = try LabelScore.f1.result("f1", examples.classes, context)
        return try accuracy.formula(examples, context).merging(f1)
    }

    private static let glueCorrelation = MetricDefinition(
        .int64, usage: "Returns matthews_correlation.", matthewsCorrelation.formula)

    /// The linear correlation is computed in 32 bits, as the reference does with its arrays.
    private static let glueSimilarity = MetricDefinition(
        .float32, usage: "Returns the pearson and spearmanr correlations."
    ) { examples, context in
        let (predictions, references) = (examples.values.predictions, examples.values.references)
        return [
            "pearson": Double(try pearson(predictions, references, context)),
            "spearmanr": spearman(
                predictions.map(Double.init), references.map(Double.init), context),
        ]
    }
}
