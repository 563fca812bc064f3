import Foundation
import Logging
import TuneBase

/// Keeps `metrics.jsonl` in the output directory: each row of the log with step, epoch and the
/// time at which it was made, one JSON object in a line.
///
/// The lines of a run are those of `TrainerState.logHistory`. A training that goes on from a
/// checkpoint keeps the lines of the steps before and takes those after it away, as they will be
/// made again; one that begins anew leaves the lines of the run before in
/// `metrics.previous.jsonl`. Rows are appended whole; a full disk ends the writing, not the
/// training.
package struct MetricsJournal: TrainerCallback {
    private var file: URL?
    private var rows = 0

    /// Creates the callback.
    package init() {}

    /// It looks at none.
    package var readsCheckpoints: Bool { false }

    /// Writes rows as they are logged, once training has begun.
    package mutating func on(
        _ event: TrainerEvent, _ context: TrainerContext, _ control: inout TrainerControl
    ) throws {
        switch event {
        case .trainBegin: try begin(context)
        case .log: append(context.state.logHistory)
        default: break
        }
    }

    private mutating func begin(_ context: TrainerContext) throws {
        let path = NSString(string: context.args.outputDir).expandingTildeInPath
        let file = URL(fileURLWithPath: path).appendingPathComponent("metrics.jsonl")
        let history = context.state.logHistory
        self.file = file
        rows = history.count
        guard FileManager.default.fileExists(atPath: file.path) || !history.isEmpty else { return }
        if context.measures.firstStep == 0 {
            try keepPrevious(file)
        } else {
            try rewrite(file, history)
        }
    }

    /// Makes room for a new run.
    private func keepPrevious(_ file: URL) throws {
        guard FileManager.default.fileExists(atPath: file.path) else { return }
        let previous = file.deletingLastPathComponent()
            .appendingPathComponent("metrics.previous.jsonl")
        guard rename(file.path, previous.path) == 0 else {
            throw TuneError(
                .io,
                "The file \(file.path) cannot be renamed: \(String(cString: strerror(errno))).",
                remedy: "Check its permissions.")
        }
    }

    /// Lets the file hold the rows of a history, in one step; known rows keep their time.
    private func rewrite(_ file: URL, _ history: [JSONObject]) throws {
        let known = (try? readFile(file)).map(Self.lines) ?? []
        var remaining = known[...]
        let lines = history.map { row -> JSONObject in
            guard
                let index = remaining.firstIndex(where: {
                    Self.withoutTime($0) == Self.line(row, nil)
                })
            else { return Self.line(row, nil) }
            defer { remaining = remaining[(index + 1)...] }
            return remaining[index]
        }
        try writeFileAtomically(file, lines.map(Self.text).joined())
    }

    /// Appends the row that was added to the history; rows that a return to an earlier step has
    /// taken out of it go out of the file first.
    private mutating func append(_ history: [JSONObject]) {
        guard let file, let row = history.last else { return }
        let isContinued = history.count == rows + 1
        rows = history.count
        do {
            if !isContinued { try rewrite(file, Array(history.dropLast())) }
            try append(Self.text(Self.line(row, unixTime())), to: file)
        } catch {
            self.file = nil
            Logger(label: "finetune.trainer").warning(
                "Rows are no longer written to \(file.path): \(error.localizedDescription)")
        }
    }

    private func append(_ text: String, to file: URL) throws {
        if !FileManager.default.fileExists(atPath: file.path) {
            return try writeFileAtomically(file, text)
        }
        let handle = try FileHandle(forWritingTo: file)
        defer { try? handle.close() }
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(text.utf8))
    }

    /// Step, epoch and time first, then the rest in the order of the log.
    private static func line(_ row: JSONObject, _ time: Double?) -> JSONObject {
        var line = JSONObject()
        for name in ["step", "epoch"] { line[name] = row[name] }
        if let time { line["time"] = .double(time) }
        for (name, value) in row.members where name != "step" && name != "epoch" {
            line[name] = value.withoutNonFinite
        }
        return line
    }

    private static func text(_ line: JSONObject) -> String {
        JSONValue.object(line).serialized() + "\n"
    }

    private static func withoutTime(_ line: JSONObject) -> JSONObject {
        var line = line
        line["time"] = nil
        return line
    }

    /// The whole lines of a file; a last line that a crash has cut off is none.
    private static func lines(_ data: Data) -> [JSONObject] {
        data.split(separator: UInt8(ascii: "\n")).compactMap { line in
            (try? JSONValue(parsing: Data(line), source: "metrics.jsonl"))?.object
        }
    }
}
