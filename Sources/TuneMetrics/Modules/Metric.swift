/// Stores predictions with their references until its scores are computed: one metric or several.
///
/// Functions anywhere may use a metric that is a global constant of a program, as `computeMetrics`
/// in the examples does; what threads store at the same time comes in any order.
public protocol Metric: AnyObject, Sendable {
    /// Stores predictions with their references.
    ///
    /// - Parameters:
    ///   - predictions: What the model said.
    ///   - references: What is right, in the same order.
    /// - Throws: `TuneError` when the numbers of both differ, or a value does not fit.
    func addBatch(predictions: [some MetricInput], references: [some MetricInput]) throws

    /// Computes the scores of everything stored, then forgets it.
    ///
    /// - Parameter options: What Python takes as keyword arguments, such as `.average(.macro)`; the
    ///   last of a kind counts.
    /// - Returns: The scores in the order of the reference implementation.
    /// - Throws: `TuneError` when nothing is stored, an option is not accepted, or the scores
    ///   cannot be computed from the stored examples.
    func compute(options: [MetricOption]) throws -> MetricResult
}

extension Metric {
    /// Stores one prediction with its reference; see ``addBatch(predictions:references:)``.
    public func add(prediction: some MetricInput, reference: some MetricInput) throws {
        try addBatch(predictions: [prediction], references: [reference])
    }

    /// Computes the scores of everything stored, then forgets it; see ``compute(options:)``.
    public func compute(_ options: MetricOption...) throws -> MetricResult {
        try compute(options: options)
    }

    /// Stores a last batch, computes the scores of everything stored, then forgets it.
    ///
    /// - Parameters:
    ///   - predictions: What the model said.
    ///   - references: What is right, in the same order.
    ///   - options: What Python takes as keyword arguments, such as `.average(.macro)`.
    /// - Returns: The scores in the order of the reference implementation.
    /// - Throws: `TuneError` as ``addBatch(predictions:references:)`` and ``compute(options:)`` do.
    public func compute(
        predictions: [some MetricInput], references: [some MetricInput], _ options: MetricOption...
    ) throws -> MetricResult {
        try addBatch(predictions: predictions, references: references)
        return try compute(options: options)
    }
}
