import Foundation
import TuneBase

/// What a rotation did.
public struct RotationReport: Sendable, Equatable {
    /// The steps whose checkpoints were removed.
    public var removed: [Int] = []
    /// What could not be done, one sentence each; nothing is lost by it.
    public var problems: [String] = []
}

extension CheckpointStore {
    /// Removes the oldest checkpoints beyond a limit.
    ///
    /// The best one stays, and so do the newest two that are good, even if the limit is lower;
    /// where a good one is in doubt, it is read. Age is the step, not the time of a file.
    /// Directories without a manifest are not counted and not touched.
    ///
    /// - Parameters:
    ///   - limit: How many may stay; nil keeps all.
    ///   - best: The step of the best checkpoint.
    /// - Returns: What was removed, and what could not be.
    public func rotate(keeping limit: Int?, best: Int?) -> RotationReport {
        var report = RotationReport()
        guard let limit else { return report }
        do {
            var steps = try self.steps().filter(hasManifest)
            let good = newestGood(&steps, &report)
            let kept = Set(good + steps.suffix(1) + steps.filter { $0 == best })
            let surplus = steps.count - max(limit, kept.count)
            for step in steps.filter({ !kept.contains($0) }).prefix(max(surplus, 0)) {
                remove(step, &report)
            }
        } catch {
            report.problems.append("Old checkpoints could not be removed: \(error)")
        }
        return report
    }

    private func hasManifest(_ step: Int) throws -> Bool {
        try fileSystem.status(url(step: step).appendingPathComponent(manifestName)) != nil
    }

    /// The newest two good checkpoints; bad ones that are met on the way are moved away.
    private func newestGood(_ steps: inout [Int], _ report: inout RotationReport) -> [Int] {
        var good: [Int] = []
        for step in steps.reversed() where good.count < 2 {
            do {
                if !isVerified(step) { _ = try verify(step) }
                good.append(step)
            } catch {
                let skipped = skip(step, error)
                report.problems.append(skipped.description)
                if skipped.disposition == .quarantined { steps.removeAll { $0 == step } }
            }
        }
        return good
    }

    private func remove(_ step: Int, _ report: inout RotationReport) {
        let trash = place(TransientName(.trash, step: step, process: processID).name)
        do {
            try fileSystem.rename(url(step: step), to: trash)
            markVerified(step, false)
            report.removed.append(step)
            try fileSystem.sync(directory)
            try fileSystem.removeTree(trash)
        } catch {
            report.problems.append("\(checkpointName(step)) could not be removed: \(error)")
        }
    }
}
