import Foundation
import Synchronization

/// SIGINT, SIGTERM and SIGUSR1 at random times, one in four followed by a second signal.
///
/// A run is interrupted again and again, each time a few steps further, until it comes to its end.
struct Signals {
    private static let numbers = [SIGINT, SIGTERM, SIGUSR1]
    /// No checkpoint but those that signals ask for.
    private static let saveSteps = 1000
    private static let stepMicroseconds = 8000

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
                        done.withLock { $0 += 1 }
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
    ///   - countOne: Called for each signal that reached a training.
    ///   - isEnough: Whether the run goes on undisturbed.
    /// - Returns: What was sent and seen.
    /// - Throws: An error when the child cannot be started.
    private func runWithSignals(_ countOne: () -> Void, isEnough: () -> Bool) throws -> Tally {
        var tally = Tally("")
        try withScratch { scratch in
            var atLeast = 0
            while true {
                let child = try TrainingChild(
                    scratch, saveSteps: Self.saveSteps, pause: Self.stepMicroseconds,
                    savesMeanwhile: Bool.random())
                guard let start = child.number(after: "begin") else {
                    tally.expect(false, "an interrupted run did not resume (\(child.finish()))")
                    return
                }
                tally.expect(start >= atLeast, "resumed from step \(start), not \(atLeast)")
                let target = start + Int.random(in: 1...7)
                var sent = 0
                if !isEnough(), target < wholeRun - 1, child.wait(forStep: target) {
                    sent = interrupt(child)
                }
                let code = child.finish()
                if child.digest != nil { return tallyEnd(child, &tally) }
                countOne()
                tally["signals"] += 1
                tally["of them followed by a second"] += sent == 2 ? 1 : 0
                guard
                    tally.expect(
                        code == 75 || (sent == 2 && code < 0), "a signal ended a run with \(code)")
                else { return }
                atLeast = savedSteps(scratch).last ?? start
                if code == 75 { tallyCheckpoint(atLeast, child, &tally) }
                tally["ended at once by the second"] += code < 0 ? 1 : 0
            }
        }
        return tally
    }

    /// Sends a signal, one time in four a second one.
    ///
    /// - Returns: How many were sent.
    private func interrupt(_ child: TrainingChild) -> Int {
        usleep(UInt32.random(in: 0...UInt32(Self.stepMicroseconds)))
        child.send(Self.numbers[Int.random(in: 0..<3)])
        guard Int.random(in: 0..<4) == 0 else { return 1 }
        usleep(UInt32.random(in: 0...UInt32(Self.stepMicroseconds)))
        child.send(Self.numbers[Int.random(in: 0..<3)])
        return 2
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
