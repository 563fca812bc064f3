import Foundation
import Synchronization

/// SIGKILL at random times inside a save.
///
/// A run is killed again and again, each time a few steps further, until it comes to its end. Half of
/// the runs wait for their checkpoints, the others go on while these come to the disk.
struct Kills {
    /// The digest of the run that nothing disturbs.
    private let expected: String?
    private let saveMicroseconds: Int

    /// Makes the run that nothing disturbs.
    init() throws {
        (expected, saveMicroseconds) = try withScratch { scratch in
            let child = try TrainingChild(scratch)
            _ = child.finish()
            return (child.digest, child.saveMicroseconds)
        }
    }

    /// Runs until enough kills hit a save, two runs at a time.
    func callAsFunction(_ count: Int) throws -> Tally {
        let total = Mutex(Tally("killed (SIGKILL) inside a save"))
        let done = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: 2) { index in
            while done.withLock({ $0 < count }) {
                let part: Tally
                do {
                    part = try runWithKills(savingMeanwhile: index == 1) {
                        done.withLock {
                            $0 += 1; return $0 < count
                        }
                    }
                } catch {
                    part = Tally.failed("\(error)")
                    done.withLock { $0 = count }
                }
                total.withLock { $0.add(part) }
            }
        }
        return total.withLock { $0 }
    }

    /// One run with kills.
    ///
    /// - Parameters:
    ///   - savesMeanwhile: Whether training goes on while checkpoints come to the disk.
    ///   - countHit: Called for each kill that hit a save; answers whether to go on killing.
    /// - Returns: What was killed and seen.
    /// - Throws: An error when the child cannot be started.
    private func runWithKills(
        savingMeanwhile savesMeanwhile: Bool, _ countHit: () -> Bool
    ) throws -> Tally {
        var tally = Tally("")
        try withScratch { scratch in
            var (saved, begun, isKilling, isResumed) = (0, 0, true, false)
            while true {
                let child = try TrainingChild(scratch, savesMeanwhile: savesMeanwhile)
                guard let start = child.number(after: "begin") else {
                    tally.expect(false, "a killed run did not resume (\(child.finish()))")
                    return
                }
                tally["resumed"] += isResumed ? 1 : 0
                isResumed = true
                tally.expect(start >= saved, "resumed from step \(start), \(saved) was saved")
                tally.expect(start <= begun, "resumed from step \(start), which was never made")
                let target = start + Int.random(in: 1...8)
                if isKilling, target < wholeRun, child.wait(forStep: target) {
                    usleep(UInt32.random(in: 0...UInt32(saveMicroseconds)))
                    child.send(SIGKILL)
                }
                let code = child.finish()
                if let digest = child.digest {
                    tally["runs"] += 1
                    tally["bit-equal ends"] += digest == expected ? 1 : 0
                    tally.expect(digest == expected, "a run ended with another result")
                    return
                }
                guard tally.expect(code == -SIGKILL, "a run ended with \(code)") else { return }
                (saved, begun) = (child.last("saved") ?? start, child.last("step") ?? start)
                let hit = begun > saved
                tally[hit ? "kills inside a save" : "kills after a save"] += 1
                tally["of them while training went on"] += hit && savesMeanwhile ? 1 : 0
                if hit { isKilling = countHit() }
            }
        }
        return tally
    }
}

extension Tally {
    /// A part of a scenario that could not be made.
    static func failed(_ reason: String) -> Tally {
        var tally = Tally("")
        tally.expect(false, reason)
        return tally
    }
}
