import Foundation

/// A training process, seen by the driver that disturbs it.
final class TrainingChild {
    /// Processes are started one at a time, so that none inherits the pipe of another.
    private static let starting = NSLock()

    private let process = Process()
    private let reader: FileHandle
    private var pending = Data()
    /// What the child said, and when.
    private(set) var lines: [(text: String, time: Double)] = []

    /// Starts a child.
    ///
    /// - Parameters:
    ///   - directory: Where its checkpoints go.
    ///   - saveSteps: How many steps lie between checkpoints.
    ///   - pause: How long a step lasts at least, in microseconds.
    ///   - deadline: The seconds that finishing a step may take after a signal.
    ///   - savesMeanwhile: Whether saves come to the disk while training goes on.
    /// - Throws: An error when the process cannot be started.
    init(
        _ directory: String, saveSteps: Int = 1, pause: Int = 0, deadline: Int = 25,
        savesMeanwhile: Bool = false
    ) throws {
        let pipe = Pipe()
        reader = pipe.fileHandleForReading
        process.executableURL = Bundle.main.executableURL
        process.arguments = [
            "child", directory, "\(saveSteps)", "\(pause)", "\(deadline)",
            savesMeanwhile ? "meanwhile" : "waiting",
        ]
        process.environment = ProcessInfo.processInfo.environment
            .merging(["OMP_NUM_THREADS": "1"]) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        process.standardOutput = pipe
        try Self.starting.withLock { try process.run() }
    }

    /// The next line; nil at the end.
    func nextLine() -> String? {
        while true {
            if let end = pending.firstIndex(of: 10) {
                let line = String(decoding: pending[..<end], as: UTF8.self)
                pending = Data(pending[(end + 1)...])
                lines.append((line, ProcessInfo.processInfo.systemUptime))
                return line
            }
            let more = reader.availableData
            if more.isEmpty { return nil }
            pending += more
        }
    }

    /// Waits for the first line that begins with a word.
    ///
    /// - Returns: The number after it; nil when the child ends before.
    func number(after word: String) -> Int? {
        while let line = nextLine() {
            if line.hasPrefix(word + " ") { return Int(line.dropFirst(word.count + 1)) }
        }
        return nil
    }

    /// Waits until a step is announced.
    func wait(forStep step: Int) -> Bool {
        while let reached = number(after: "step") { if reached >= step { return true } }
        return false
    }

    /// Sends a signal.
    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// Waits for the end.
    ///
    /// - Returns: The exit code, or the negative number of the signal that ended the child.
    func finish() -> Int32 {
        while nextLine() != nil {}
        process.waitUntilExit()
        let status = process.terminationStatus
        return process.terminationReason == .uncaughtSignal ? -status : status
    }

    /// The last number said after a word.
    func last(_ word: String) -> Int? {
        lines.last { $0.text.hasPrefix(word + " ") }.flatMap {
            Int($0.text.dropFirst(word.count + 1))
        }
    }

    /// The digest of the result, if the child came to its end.
    var digest: String? {
        lines.last { $0.text.hasPrefix("done ") }.map { String($0.text.dropFirst(5)) }
    }

    /// How long a save lasts, in microseconds: the median of this run.
    var saveMicroseconds: Int {
        let durations = zip(lines, lines.dropFirst()).compactMap { now, next in
            now.text.hasPrefix("step ") && next.text.hasPrefix("saved ")
                ? next.time - now.time : nil
        }.sorted()
        return durations.isEmpty ? 1000 : Int(durations[durations.count / 2] * 1e6)
    }
}
