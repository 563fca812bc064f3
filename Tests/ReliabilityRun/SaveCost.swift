import FineTuneKit
import Foundation

/// What hashing and waiting for the disk cost: a checkpoint of weights and two moments each.
struct SaveCost {
    private static let repetitions = 5

    /// Measures with as many parameters, the ways in turn.
    ///
    /// - Returns: Lines with the median seconds of each way.
    /// - Throws: An error when files cannot be written.
    func callAsFunction(parameters: Int) throws -> [String] {
        let values = [("weights", Tensor.zeros([parameters]))]
        let moments = [
            ("exp_avg", Tensor.zeros([parameters])), ("exp_avg_sq", Tensor.zeros([parameters])),
        ]
        func stage(_ directory: URL) throws {
            try writeSafetensors(values, to: directory.appendingPathComponent("model.safetensors"))
            try writeSafetensors(
                moments, to: directory.appendingPathComponent("optimizer.safetensors"))
        }
        var seconds: [[Double]] = [[], [], []]
        for _ in 0..<Self.repetitions {
            try withScratch { path in
                let directory = URL(fileURLWithPath: path)
                let store = CheckpointStore(directory: directory, runID: "cost")
                seconds[0].append(try time { try store.publish(step: 1, stage) })
            }
            try withScratch { path in
                seconds[1].append(try time { try stage(URL(fileURLWithPath: path)) })
            }
            try withScratch { path in
                seconds[2].append(try time { try writeBare(values + moments, path) })
            }
        }
        let ways = ["hashed, synced, renamed", "written and synced", "written only"]
        return zip(ways, seconds).map { way, times in
            "\(parameters) parameters, \(way): \(times.sorted()[times.count / 2]) s of \(times)"
        }
    }

    /// Writes the same bytes, waiting for nothing.
    private func writeBare(_ tensors: [(String, Tensor)], _ directory: String) throws {
        for (name, tensor) in tensors {
            let file = try LocalFileSystem().createFile(
                URL(fileURLWithPath: "\(directory)/\(name)"))
            try tensor.withUnsafeBytes { try file.write($0) }
            try file.close()
        }
    }

    private func time<Result>(_ body: () throws -> Result) rethrows -> Double {
        let began = ProcessInfo.processInfo.systemUptime
        _ = try body()
        return ProcessInfo.processInfo.systemUptime - began
    }
}
