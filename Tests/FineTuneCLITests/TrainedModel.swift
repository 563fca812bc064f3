import FineTuneKit
import Foundation
import ProgramTestSupport

/// A model trained once by `finetune train` on reviews with the labels `positive` and `negative`.
final class TrainedModel: Sendable {
    static let shared = Result { try TrainedModel() }

    let directory: TemporaryDirectory
    let outcome: ProgramOutcome

    var model: String { directory.path("model") }
    var validation: String { directory.path("validation.csv") }

    init() throws {
        directory = try TemporaryDirectory()
        try writeTinyCheckpoint(directory.file("checkpoint"))
        try directory.write("train.csv", tinyReviews(40))
        try directory.write("validation.csv", tinyReviews(16, from: 40))
        outcome = try runProgram(
            "finetune",
            [
                "train", "--model", directory.path("checkpoint"),
                "--train-file", directory.path("train.csv"),
                "--validation_file", directory.path("validation.csv"),
                "--output_dir=\(directory.path("model"))", "--num-train-epochs", "12",
                "--learning_rate=5e-3", "--use-cpu", "--logging-steps", "20",
                "--eval-strategy", "epoch", "--save-strategy", "no",
            ])
    }

    func json(_ name: String) throws -> JSONValue {
        try JSONValue(contentsOf: directory.file("model/\(name)"))
    }
}
