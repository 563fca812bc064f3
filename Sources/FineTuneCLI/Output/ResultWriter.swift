import FineTuneKit
import Foundation

/// Where a command writes its lines: the standard output, or a file that appears when complete.
struct ResultWriter {
    private let write: (String) throws -> Void

    /// Writes one line.
    func callAsFunction(_ line: String) throws { try write(line + "\n") }

    /// Runs `body` with a writer to the file at `path`, or to the standard output.
    static func run(to path: String?, _ body: (ResultWriter) throws -> Void) throws {
        guard let path else { return try runToStandardOutput(body) }
        let file = URL(fileURLWithPath: expandingTilde(path))
        // Writing wraps whatever is thrown into an error about the file, so errors of the body
        // are carried past it.
        var failure: (any Error)?
        do {
            try writeFileAtomically(file) { handle in
                let buffer = LineBuffer { try handle.write(contentsOf: $0) }
                do {
                    try body(ResultWriter(write: buffer.append))
                } catch {
                    failure = error
                    throw error
                }
                try buffer.flush()
            }
        } catch {
            throw failure ?? error
        }
    }

    private static func runToStandardOutput(_ body: (ResultWriter) throws -> Void) throws {
        let buffer = LineBuffer { data in
            do {
                try FileHandle.standardOutput.write(contentsOf: data)
            } catch {
                throw TuneError(.io, "The standard output cannot be written.", cause: error)
            }
        }
        do {
            try body(ResultWriter(write: buffer.append))
        } catch {
            try buffer.flush()
            throw error
        }
        try buffer.flush()
    }
}

/// Joins short lines into large writes.
private final class LineBuffer {
    private var data = Data()
    private let flushed: (Data) throws -> Void

    init(_ flushed: @escaping (Data) throws -> Void) { self.flushed = flushed }

    func append(_ text: String) throws {
        data.append(contentsOf: text.utf8)
        if data.count >= 1 << 16 { try flush() }
    }

    func flush() throws {
        guard !data.isEmpty else { return }
        try flushed(data)
        data.removeAll(keepingCapacity: true)
    }
}
