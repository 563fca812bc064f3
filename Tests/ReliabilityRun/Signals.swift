import Foundation
import Synchronization

/// SIGINT, SIGTERM and SIGUSR1 at random times, every fourth followed by a second signal.
///
/// A run is interrupted again and again, each time a few steps further, until it comes to its end.
struct Signals {
    private static let numbers = [SIGINT, SIGTERM, SIGUSR1]
    /// No checkpoint but those that signals ask for.
    private static let saveSteps = 1000
    private static let stepMicroseconds = 3000

    private let expected: String?

    /// Makes the run that nothing disturbs.
    init() throws {
        expected = try withScratch { scratch in
            let child = try TrainingChild(scratch, saveSteps: Self.saveSteps)
            _ = child.finish()
            return child.digest
        }
    }

    /// Runs until enough signals were sent, two runs at a time.
    func callAsFunction(_ count: Int) throws -> Tally {
        let total = Mutex(Tally("SIGINT, SIGTERM, SIGUSR1"))
        let done = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: 2) { _ in
            while done.withLock({ $0 < count }) {
                let part: Tally
                do {
                    part = try runWithSignals {
                        done.withLock {
                            $0 += 1
                            return $0
                        }
                    } isEnough: {
                        done.withLock { $0 >= count }
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

    /// One run with signals.
    ///
    /// - Parameters:
    ///   - nextNumber: Counts a signal and gives its number.
    ///   - isEnough: Whether the run goes on undisturbed.
    /// - Returns: What was sent and seen.
    /// - Throws: An error when the child cannot be started.
    private func runWithSignals(_ nextNumber: () -> Int, isEnough: () -> Bool) throws -> Tally {
        var tally = Tally("")
        try withScratch { scratch in
            var atLeast = 0
            while true {
                let child = try TrainingChild(
                    scratch, saveSteps: Self.saveSteps, pause: Self.stepMicroseconds)
                guard let start = child.number(after: "begin") else {
                    tally.expect(false, "an interrupted run did not resume (\(child.finish()))")
                    return
                }
                tally.expect(start >= atLeast, "resumed from step \(start), not \(atLeast)")
                let target = start + Int.random(in: 1...7)
                var isTwofold = false
                if !isEnough(), target < wholeRun - 1, child.wait(forStep: target) {
                    isTwofold = interrupt(child, nextNumber(), &tally)
                }
                let code = child.finish()
                if child.digest != nil { return tallyEnd(child, &tally) }
                guard
                    tally.expect(
                        code == 75 || (isTwofold && code < 0), "a signal ended a run with \(code)")
                else { return }
                atLeast = savedSteps(scratch).last ?? start
                if code == 75 { tallyCheckpoint(atLeast, child, &tally) }
                tally["ended at once"] += code < 0 ? 1 : 0
            }
        }
        return tally
    }

    /// Sends a signal, sometimes two.
    private func interrupt(_ child: TrainingChild, _ number: Int, _ tally: inout Tally) -> Bool {
        usleep(UInt32.random(in: 0...UInt32(2 * Self.stepMicroseconds)))
        child.send(Self.numbers[number % 3])
        tally["signals"] += 1
        guard number.isMultiple(of: 4) else { return false }
        usleep(UInt32.random(in: 0...UInt32(2 * Self.stepMicroseconds)))
        child.send(Self.numbers[number / 4 % 3])
        tally["second signals"] += 1
        return true
    }

    /// After exit code 75 the last step made is saved.
    private func tallyCheckpoint(_ saved: Int, _ child: TrainingChild, _ tally: inout Tally) {
        let made = child.last("step") ?? saved
        tally["exits with code 75 and a checkpoint of the last step"] += saved >= made ? 1 : 0
        tally.expect(saved >= made - 1, "step \(made) was made, \(saved) is saved")
    }

    private func tallyEnd(_ child: TrainingChild, _ tally: inout Tally) {
        tally["runs"] += 1
        tally["bit-equal ends"] += child.digest == expected ? 1 : 0
        tally.expect(child.digest == expected, "a run ended with another result")
    }
}
