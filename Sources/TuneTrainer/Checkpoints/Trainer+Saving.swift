public import Foundation
import TuneBase
import TuneBatching
import TuneMetrics
import TuneNN
import TuneTokenizers

/// The file that holds the arguments of a training.
let argumentsFile = "training_args.json"

extension Trainer {
    /// The directory of `args.outputDir`, with `~` for the home directory.
    public var outputURL: URL {
        URL(fileURLWithPath: expandingTilde(args.outputDir))
    }

    /// Writes what ``saveModel(_:)`` saves unless it is overridden.
    func writeModel(to directory: URL) throws {
        try createDirectory(directory)
        try model.savePretrained(directory)
        let tokenizer =
            processingClass ?? (dataCollator as? DataCollatorWithPadding)?.tokenizer
        try tokenizer?.savePretrained(directory.path)
        try writeFileAtomically(
            directory.appendingPathComponent(argumentsFile),
            args.toJSON().serialized(indent: 2) + "\n")
    }

    /// Saves the model as a part of something else, which uploads it if that is wanted.
    func saveModelWithoutPush(_ directory: URL) throws {
        isWithinSave = true
        defer { isWithinSave = false }
        try saveModel(directory.path)
    }

    /// Writes the state to `trainer_state.json` in the output directory.
    public func saveState() throws {
        try state.save(to: outputURL.appendingPathComponent("trainer_state.json"))
    }

    /// The value of the metric that tells which model is best.
    ///
    /// - Throws: `TuneError` that lists the metrics when it is not among them.
    func bestModelMetric(of metrics: MetricResult) throws -> Double {
        let name = prefixedMetric(args.bestModelMetric ?? "loss", "eval")
        guard let value = metrics[name] else {
            throw TuneError(
                .badConfig,
                "metric_for_best_model is '\(name)', which the evaluation does not have.",
                remedy: suggestion(for: name, among: metrics.names))
        }
        return value
    }

    /// Whether an evaluation is the best so far; remembers it if so.
    func noteIfBest(_ metrics: MetricResult) throws -> Bool {
        guard args.bestModelMetric != nil else { return false }
        let value = try bestModelMetric(of: metrics)
        let best = state.bestMetric ?? (args.isGreaterBetter ? -.infinity : .infinity)
        guard args.isGreaterBetter ? value > best : value < best else { return false }
        state.bestMetric = value
        if args.saveStrategy != .no { state.bestGlobalStep = state.globalStep }
        return true
    }
}
