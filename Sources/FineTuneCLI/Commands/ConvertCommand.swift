import ArgumentParser
import FineTuneKit
import Foundation

/// `finetune convert`.
struct ConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Take over a checkpoint of the Python Trainer, to finish its run here.",
        discussion: """
            Writes OUTPUT/checkpoint-<step> with the model, the history, and the states of \
            optimizer, schedule and random generators, from which `finetune train` goes on. The \
            pickled files of Python are read by a reader that accepts the data of such states \
            only: nothing in them is executed. training_args.bin is not read; give \
            `finetune train` the arguments of the Python run. Prints the new directory.
            """)

    @Argument(help: "The directory checkpoint-<step> that the Python Trainer wrote.")
    var pythonCheckpoint: String
    @Argument(help: "The output directory of the training that shall go on.")
    var output: String

    func run() throws {
        let source = URL(fileURLWithPath: expandingTilde(pythonCheckpoint)).standardizedFileURL
        let target = URL(fileURLWithPath: expandingTilde(output)).standardizedFileURL
        try checkWritable(target)
        let model = try AutoModelForSequenceClassification.fromPretrained(source.path)
        let checkpoint = try PythonCheckpoint(source, model: model)
        let written = try checkpoint.publish(in: target)
        Notices.write("Taken over from \(source.path):")
        for line in checkpoint.taken { Notices.write("  " + line) }
        Notices.write("Not taken over:")
        for line in checkpoint.leftOut { Notices.write("  " + line) }
        Notices.write("\nNext, with the arguments of the Python run:")
        Notices.write(
            "  "
                + shellCommand([
                    "finetune", "train", "--output-dir", output, "--resume-from-checkpoint",
                    written.path,
                ]))
        StreamSink.standardOutput.writeLine(written.path)
    }
}
