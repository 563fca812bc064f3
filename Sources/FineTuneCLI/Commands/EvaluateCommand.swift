import ArgumentParser
import FineTuneKit
import Foundation

/// `finetune evaluate`.
struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measure a fine-tuned model on a split of a dataset.",
        discussion: "Prints the metrics as a JSON object.", aliases: ["eval"])

    @OptionGroup(title: "Model and data") var data: DataOptions
    @Option(help: ArgumentHelp("The split.", valueName: "name"))
    var split = "validation"
    @Option(help: ArgumentHelp("Write eval_results.json here too.", valueName: "dir"))
    var outputDir: String?
    @OptionGroup(title: "Computation") var inference: InferenceOptions

    func run() throws {
        let directory = outputDir.map { URL(fileURLWithPath: expandingTilde($0)) }
        if let directory { try checkWritable(directory) }
        let run = try InferenceRun(options: [data, inference])
        let metrics = try run.evaluate(split: split)
        let text = JSONValue.object(metrics.asJSON).serialized(indent: 4)
        if let directory {
            try writeFileAtomically(
                directory.appendingPathComponent("eval_results.json"),
                JSONValue.object(metrics.asJSON).serialized(indent: 4, sortedKeys: true))
        }
        StreamSink.standardOutput.writeLine(text)
    }
}
