import ArgumentParser
import FineTuneKit
import Foundation

/// `finetune predict`.
struct PredictCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "predict",
        abstract: "Label the rows of a split with a fine-tuned model.",
        discussion: """
            Writes one JSON object per row, in order: logits, label, label_id and probability; \
            for a regression logits and value.
            """)

    @OptionGroup(title: "Model and data") var data: DataOptions
    @Option(help: ArgumentHelp("The split.", valueName: "name"))
    var split = "test"
    @Option(help: ArgumentHelp("Write to this file.", valueName: "file"))
    var output: String?
    @OptionGroup(title: "Computation") var inference: InferenceOptions

    func run() throws {
        if let output { try checkWritable(file: URL(fileURLWithPath: expandingTilde(output))) }
        let run = try InferenceRun(options: [data, inference])
        let predictions = try run.predict(split: split)
        try ResultWriter.run(to: output) { write in
            for row in 0..<predictions.shape[0] {
                try write(predictionLine(predictions[row], names: run.model.id2label))
            }
        }
    }
}
