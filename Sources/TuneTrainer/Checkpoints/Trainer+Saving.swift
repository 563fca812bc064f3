public import Foundation
import TuneBase
import TuneBatching
import TuneMetrics
import TuneNN
import TuneTokenizers

extension Trainer {
    /// The directory of `args.outputDir`, with `~` for the home directory.
    public var outputURL: URL {
        URL(fileURLWithPath: NSString(string: args.outputDir).expandingTildeInPath)
    }

    /// Saves weights, configuration, tokenizer and arguments, ready for `fromPretrained`.
    ///
    /// - Parameter directory: The directory; nil takes the output directory.
    /// - Throws: `TuneError` when a file cannot be written.
    public func saveModel(_ directory: String? = nil) throws {
        let target =
            directory.map { URL(fileURLWithPath: NSString(string: $0).expandingTildeInPath) }
            ?? outputURL
        try saveModel(to: target)
    }

    func saveModel(to directory: URL) throws {
        try createDirectory(directory)
        try model.savePretrained(directory)
        let tokenizer =
            processingClass ?? (dataCollator as? DataCollatorWithPadding)?.tokenizer
        try tokenizer?.savePretrained(directory.path)
        try writeFileAtomically(
            directory.appendingPathComponent("training_args.json"),
            args.toJSON().serialized(indent: 2) + "\n")
    }

    /// Writes the state to `trainer_state.json` in the output directory.
    public func saveState() throws {
        try state.save(to: outputURL.appendingPathComponent("trainer_state.json"))
    }

    /// Writes `checkpoint-<step>`: complete under its name, or not at all.
    func saveCheckpoint() throws {
        storeOperations()
        let name = "checkpoint-\(state.globalStep)"
        let final = outputURL.appendingPathComponent(name)
        let partial = outputURL.appendingPathComponent(".\(name).partial")
        try? FileManager.default.removeItem(at: partial)
        try saveModel(to: partial)
        noteBestCheckpoint(savedNow: state.globalStep)
        state.statefulCallbacks = callbackHandler.exportedStates(control)
        try state.save(to: partial.appendingPathComponent("trainer_state.json"))
        try replaceDirectory(final, with: partial)
        try rotateCheckpoints(
            in: outputURL, keeping: args.saveTotalLimit, best: state.bestModelCheckpoint)
    }

    /// Whether an evaluation is the best so far; remembers it if so.
    func noteIfBest(_ metrics: MetricResult) throws -> Bool {
        guard let metric = args.bestModelMetric else { return false }
        let name = prefixedMetric(metric, "eval")
        guard let value = metrics[name] else {
            throw TuneError(
                .badConfig, "metricForBestModel is '\(name)', which the evaluation does not have.",
                remedy: suggestion(for: name, among: metrics.names))
        }
        let best = state.bestMetric ?? (args.isGreaterBetter ? -.infinity : .infinity)
        guard args.isGreaterBetter ? value > best : value < best else { return false }
        state.bestMetric = value
        if args.saveStrategy != .no { state.bestGlobalStep = state.globalStep }
        return true
    }

    /// Names the best step's checkpoint once it exists.
    private func noteBestCheckpoint(savedNow step: Int) {
        guard let best = state.bestGlobalStep else { return }
        let path = "\(args.outputDir)/checkpoint-\(best)"
        if best == step || FileManager.default.fileExists(atPath: path) {
            state.bestModelCheckpoint = path
        }
    }
}

/// Puts a finished directory in the place of another.
private func replaceDirectory(_ final: URL, with partial: URL) throws {
    do {
        if FileManager.default.fileExists(atPath: final.path) {
            try FileManager.default.removeItem(at: final)
        }
        try FileManager.default.moveItem(at: partial, to: final)
    } catch {
        throw TuneError(
            .io, "The checkpoint \(final.path) cannot be written.",
            remedy: "Check free space and permissions.", cause: error)
    }
}
