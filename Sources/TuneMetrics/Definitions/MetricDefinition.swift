import Logging
import TuneBase

/// What one metric is: the numbers it takes, the options it has, and how its scores are computed.
struct MetricDefinition: Sendable {
    /// The type of predictions and references, named as a dataset column.
    enum Kind: String {
        case int32, int64, float32

        var name: String { rawValue }
    }

    let kind: Kind
    let options: [MetricOption.Name]
    /// One sentence about the scores.
    let usage: String
    let formula: @Sendable (Examples, MetricContext) throws -> MetricResult

    init(
        _ kind: Kind, options: [MetricOption.Name] = [], usage: String,
        _ formula: @escaping @Sendable (Examples, MetricContext) throws -> MetricResult
    ) {
        (self.kind, self.options, self.usage, self.formula) = (kind, options, usage, formula)
    }
}

/// What a formula needs besides the examples.
struct MetricContext {
    let settings: MetricSettings
    let logger: Logger

    /// Logs a warning under the name of the Python warning class.
    func warn(_ category: String, _ message: String) {
        logger.warning("\(category): \(message)")
    }
}
