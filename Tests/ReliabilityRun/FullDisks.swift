import FineTuneKit
import Foundation
import TuneTestSupport

/// The disk is full at one write of a run, or from one write on.
struct FullDisks {
    /// The operations that need space.
    private static let operations: Set<FaultyFileSystem.Operation> = [
        .createDirectory, .createFile, .write, .sync,
    ]
    private static let saveSteps = 5.0

    /// Runs with as many points of failure, spread over all writes of a run.
    func callAsFunction(_ count: Int) throws -> Tally {
        var tally = Tally("disk full at a write")
        try withScratch { scratch in
            let probe = disk(at: .max, isLasting: false)
            let expected = try FileSystems.$current.withValue(probe) {
                try run(scratch + "/whole").finish()
            }
            let writes = probe.operationCount
            for index in 0..<count {
                let position = Int(
                    (Double(index) + Double.random(in: 0..<1)) / Double(count) * Double(writes))
                let directory = "\(scratch)/\(index)"
                defer { try? FileManager.default.removeItem(atPath: directory) }
                try check(
                    directory, disk(at: position, isLasting: !index.isMultiple(of: 2)), expected,
                    &tally)
            }
        }
        return tally
    }

    private func disk(at position: Int, isLasting: Bool) -> FaultyFileSystem {
        FaultyFileSystem(
            LocalFileSystem(), failing: Self.operations, at: position, number: ENOSPC,
            isLasting: isLasting)
    }

    private func run(_ directory: String) -> TinyRun {
        TinyRun(directory: directory, change: { $0.saveSteps = Self.saveSteps })
    }

    private func check(
        _ directory: String, _ disk: FaultyFileSystem, _ expected: String, _ tally: inout Tally
    ) throws {
        tally["points"] += 1
        do {
            let digest = try FileSystems.$current.withValue(disk) { try run(directory).finish() }
            tally["runs went on, bit-equal"] += digest == expected ? 1 : 0
            tally.expect(digest == expected, "a run with a full disk ended with another result")
        } catch let error as TuneError where error.code == .io || error.code == .cannotCreate {
            tally["runs ended with an error of the disk"] += 1
        }
        tally.expect(disk.failureCount > 0, "no write failed")
        let resumed = Result { try run(directory).finish(.newestIfAny) }
        let isRight = (try? resumed.get()) == expected
        tally["resumed with space again, bit-equal"] += isRight ? 1 : 0
        tally.expect(isRight, "resumed after a full disk: \(resumed)")
        let left = try FileManager.default.contentsOfDirectory(atPath: directory)
            .filter { $0.hasPrefix(".tmp-") || $0.hasPrefix(".trash-") }
        tally.expect(left.isEmpty, "left behind: \(left)")
    }
}
