public import Foundation
import Logging
import TuneBase
import TuneNN

/// Writes logs for TensorBoard: numbers as `train/…`, `eval/…` and `test/…`, arguments and model
/// configuration as texts.
///
/// Part of a trainer whose arguments say `reportTo: ["tensorboard"]`. The files are in
/// `<output_dir>/runs/<time>_<host>`, or in the directory that the environment variable
/// `TENSORBOARD_LOGGING_DIR` names. A disk that is full ends the writing, not the training.
public final class TensorBoardCallback: TrainerCallback {
    /// Where events go; nil before training.
    public private(set) var directory: URL?

    private let logger = Logger(label: "finetune.tensorboard")
    private let environment: [String: String]
    private var file: EventFile?
    private var hasFailed = false

    /// Creates the callback.
    ///
    /// - Parameters:
    ///   - loggingDirectory: Where events go; nil decides by environment and arguments.
    ///   - environment: Where `TENSORBOARD_LOGGING_DIR` is looked up.
    public init(
        loggingDirectory: URL? = nil,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) {
        (directory, self.environment) = (loggingDirectory, environment)
    }

    /// It looks at none.
    public var readsCheckpoints: Bool { false }

    /// Writes arguments as training begins, and every log.
    ///
    /// - Throws: `TuneError` when the event file cannot be created.
    public func on(
        _ event: TrainerEvent, _ context: TrainerContext, _ control: inout TrainerControl
    ) throws {
        switch event {
        case .trainBegin:
            try open(context.args)
            describe(context)
        case .log(let row):
            try open(context.args)
            write(row, step: context.state.globalStep)
        case .trainEnd: file = nil
        default: break
        }
    }

    private func open(_ args: TrainingArguments) throws {
        guard file == nil, !hasFailed else { return }
        let target = directory ?? Self.directory(args, environment)
        file = try EventFile(in: target)
        directory = target
    }

    private func describe(_ context: TrainerContext) {
        let texts = [
            ("args", context.args.toJSON()), ("model_config", .object(context.model.configuration)),
        ]
        let time = Date().timeIntervalSince1970
        append(
            texts.map { tag, value in
                EventMessage.text(
                    tag, value.serialized(indent: 2, sortedKeys: tag == "model_config"), step: 0,
                    time: time)
            })
    }

    private func write(_ row: JSONObject, step: Int) {
        let time = Date().timeIntervalSince1970
        append(
            row.members.compactMap { name, value in
                let tag = Self.tag(name)
                if let number = value.double {
                    return EventMessage.scalar(tag, number, step: step, time: time)
                }
                return value.string.map { EventMessage.text(tag, $0, step: step, time: time) }
            })
    }

    private func append(_ events: [Data]) {
        guard let file else { return }
        do {
            for event in events { try file.append(event) }
        } catch {
            (self.file, hasFailed) = (nil, true)
            logger.warning(
                "Events for TensorBoard are no longer written to \(file.file.path): \(error.localizedDescription)"
            )
        }
    }

    /// `eval_loss` becomes `eval/loss`, what belongs to no other split `train/…`.
    static func tag(_ name: String) -> String {
        for split in ["eval", "test"] where name.hasPrefix("\(split)_") {
            return "\(split)/\(name.dropFirst(split.count + 1))"
        }
        return "train/\(name)"
    }

    /// The directory that environment and arguments ask for.
    private static func directory(
        _ args: TrainingArguments, _ environment: [String: String]
    ) -> URL {
        if let path = environment["TENSORBOARD_LOGGING_DIR"], !path.isEmpty {
            return URL(fileURLWithPath: NSString(string: path).expandingTildeInPath)
        }
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.dateFormat = "MMMdd_HH-mm-ss"
        return URL(fileURLWithPath: NSString(string: args.outputDir).expandingTildeInPath)
            .appendingPathComponent("runs/\(formatter.string(from: Date()))_\(hostName())")
    }
}
