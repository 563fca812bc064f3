import FineTuneKit
import Foundation

/// A file with one JSON object in a line for each optimizer step, written as steps end.
final class StepTimesFile {
    private let handle: FileHandle
    private let path: String

    /// Creates the file, or empties it.
    ///
    /// - Throws: `TuneError` that names it.
    init(_ path: String) throws {
        self.path = path
        let file = URL(fileURLWithPath: expandingTilde(path))
        try checkWritable(file: file)
        do {
            try Data().write(to: file)
            handle = try FileHandle(forWritingTo: file)
        } catch {
            throw TuneError(
                .cannotCreate, "\(path) cannot be written.", remedy: "Name another file.",
                cause: error)
        }
    }

    /// Adds a line.
    ///
    /// - Throws: `TuneError` when the device is full or the like.
    func write(_ step: StepMeasurement) throws {
        do {
            try handle.write(contentsOf: Data((jsonLine(step.json) + "\n").utf8))
        } catch {
            throw TuneError(.io, "\(path) cannot be written.", cause: error)
        }
    }
}
