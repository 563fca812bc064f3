import TuneBase

/// A ratio of counts that scores one label: precision, recall or their harmonic mean.
enum LabelScore {
    case precision, recall, f1

    /// The options of all three.
    static let options: [MetricOption.Name] = [
        .labels, .posLabel, .average, .sampleWeight, .zeroDivision,
    ]

    /// The score of `pairs` under `name`, averaged as the settings say.
    func result(
        _ name: String, _ pairs: Pairs<Int>, _ context: MetricContext
    ) throws -> MetricResult {
        let settings = context.settings
        var counts = LabelCounts.each(
            in: pairs, labels: try labels(pairs, context), weights: settings.sampleWeight)
        if settings.average == .micro { counts = [counts.reduce(LabelCounts(), +)] }
        let scores = ratios(counts, context)
        var result = MetricResult()
        switch settings.average {
        case .none:
            // The reference unwraps an array of one element.
            result.set(name, scores.count == 1 ? .score(scores[0]) : .perLabel(scores))
        case .weighted:
            result[name] = meanIgnoringNaN(scores, weights: counts.map(\.actual))
        case .binary, .micro, .macro:
            result[name] = meanIgnoringNaN(scores)
        }
        return result
    }

    /// The labels to score, or nil for all that occur.
    private func labels(_ pairs: Pairs<Int>, _ context: MetricContext) throws -> [Int]? {
        let settings = context.settings
        guard settings.average == .binary else {
            if settings.posLabel != 1 {
                context.warn(
                    "UserWarning",
                    "Note that pos_label (set to \(settings.posLabel)) is ignored when average !="
                        + " 'binary' (got \(settings.average.pythonName)). You may use"
                        + " labels=[pos_label] to specify a single positive class.")
            }
            return settings.labels
        }
        let present = Set(pairs.predictions).union(pairs.references).sorted()
        guard present.count <= 2 else {
            throw TuneError(
                .badData,
                "Target is multiclass but average='binary'. Please choose another average setting,"
                    + " one of [None, 'micro', 'macro', 'weighted'].",
                remedy: "For example: compute(.average(.macro)).")
        }
        guard present.count < 2 || present.contains(settings.posLabel) else {
            let list = present.map(String.init).joined(separator: " ")
            throw TuneError(
                .badConfig,
                "pos_label=\(settings.posLabel) is not a valid label. It should be one of [\(list)]."
            )
        }
        return [settings.posLabel]
    }

    private func ratios(_ counts: [LabelCounts], _ context: MetricContext) -> [Double] {
        let zeroDivision = context.settings.zeroDivision
        let denominators = counts.map(denominator)
        if zeroDivision == .warn, denominators.contains(0) {
            let place = counts.count == 1 ? "due to" : "in labels with"
            context.warn(
                "UndefinedMetricWarning",
                "\(title) is ill-defined and being set to 0.0 \(place) no \(missing) samples. Use"
                    + " `zero_division` parameter to control this behavior.")
        }
        return zip(counts, denominators).map { count, denominator in
            denominator == 0 ? zeroDivision.value : numerator(count) / denominator
        }
    }

    private func numerator(_ count: LabelCounts) -> Double {
        self == .f1 ? 2 * count.both : count.both
    }

    private func denominator(_ count: LabelCounts) -> Double {
        switch self {
        case .precision: count.predicted
        case .recall: count.actual
        case .f1: count.actual + count.predicted
        }
    }

    private var title: String {
        switch self {
        case .precision: "Precision"
        case .recall: "Recall"
        case .f1: "F-score"
        }
    }

    private var missing: String {
        switch self {
        case .precision: "predicted"
        case .recall: "true"
        case .f1: "true nor predicted"
        }
    }
}

/// The weighted mean of the numbers that are not NaN; NaN when there are none.
///
/// Weights that add up to zero are ignored, as in the reference.
func meanIgnoringNaN(_ values: [Double], weights: [Double]? = nil) -> Double {
    let weighted = zip(values, weights ?? Array(repeating: 1, count: values.count))
        .filter { !$0.0.isNaN }
    guard !weighted.isEmpty else { return .nan }
    let total = weighted.reduce(0) { $0 + $1.1 }
    guard total != 0 else { return meanIgnoringNaN(values) }
    return weighted.reduce(0) { $0 + $1.0 * $1.1 } / total
}
