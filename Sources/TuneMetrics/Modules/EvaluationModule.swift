public import Logging
import Synchronization
import TuneBase

/// A metric that stores predictions with their references until its scores are computed.
///
/// Obtain one from ``Evaluate/load(_:_:)``. Predictions and references may be integers or
/// floating-point numbers; a metric of classes truncates the latter toward zero, a metric of
/// values rounds both to 32 bits, as the typed columns of Python's `evaluate` do.
public final class EvaluationModule: Metric {
    /// The metric's name, such as `"glue"`.
    public let name: String
    /// The variant of the metric, such as `"mrpc"`.
    public let configName: String?
    /// Receives warnings about scores that are not well defined.
    public var logger: Logger {
        get { state.withLock(\.logger) }
        set { state.withLock { $0.logger = newValue } }
    }

    private let definition: MetricDefinition
    private let state: Mutex<State>

    private struct State {
        var examples: Examples
        var logger = Logger(label: "finetune.metrics")
    }

    init(name: String, configName: String?, _ definition: MetricDefinition) {
        (self.name, self.configName, self.definition) = (name, configName, definition)
        state = Mutex(State(examples: Examples(definition.kind)))
    }

    /// The number of stored examples.
    public var count: Int { state.withLock(\.examples.count) }

    /// Stores predictions with their references.
    ///
    /// - Parameters:
    ///   - predictions: What the model said.
    ///   - references: What is right, in the same order.
    /// - Throws: `TuneError` when the numbers of both differ, or a value does not fit the metric
    ///   (a metric of classes takes neither NaN nor numbers beyond its integers); then nothing of
    ///   the batch is stored.
    public func addBatch(
        predictions: [some MetricInput], references: [some MetricInput]
    ) throws {
        guard predictions.count == references.count else {
            throw TuneError(
                .badData,
                "Mismatch in the number of predictions (\(predictions.count)) and references"
                    + " (\(references.count)).",
                remedy: "Pass one prediction for each reference.")
        }
        try state.withLock { try $0.examples.append(predictions, references) }
    }

    /// Computes the scores of everything stored, then forgets it.
    ///
    /// - Parameter options: What Python takes as keyword arguments, such as `.average(.macro)`.
    /// - Returns: The scores in the order of the reference implementation.
    /// - Throws: `TuneError` when nothing is stored, an option is not one of this metric's, or the
    ///   scores cannot be computed from the stored examples.
    public func compute(options: [MetricOption]) throws -> MetricResult {
        let (examples, logger) = state.withLock { state in
            defer { state.examples = Examples(definition.kind) }
            return (state.examples, state.logger)
        }
        guard examples.count > 0 else {
            throw TuneError(
                .missingInput, "The metric '\(name)' has no predictions and references.",
                remedy: "Call addBatch(predictions:references:) before, or pass at least one pair.")
        }
        let settings = try MetricSettings(options, accepting: definition.options, of: name)
        try settings.checkWeights(examples.count)
        return try definition.formula(examples, MetricContext(settings: settings, logger: logger))
    }
}

extension EvaluationModule: CustomStringConvertible {
    /// The module as Python prints it.
    public var description: String {
        let type = definition.kind.name
        let features = "{'predictions': Value('\(type)'), 'references': Value('\(type)')}"
        return "EvaluationModule(name: \"\(name)\", module_type: \"metric\", features: \(features),"
            + " usage: \"\"\"\(definition.usage)\"\"\", stored examples: \(count))"
    }
}
