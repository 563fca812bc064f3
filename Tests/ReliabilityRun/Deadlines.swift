import Foundation

/// SIGINT, SIGTERM and SIGUSR1 during steps that last longer than the deadline.
struct Deadlines {
    private static let numbers = [SIGINT, SIGTERM, SIGUSR1]
    /// Seconds.
    private static let (deadline, step) = (1, 3.0)

    /// Sends as many signals, each to a training of its own.
    func callAsFunction(_ count: Int) throws -> Tally {
        var tally = Tally("a step longer than the deadline of a signal")
        let expected = try withScratch { scratch in
            let child = try TrainingChild(scratch)
            _ = child.finish()
            return child.digest
        }
        for index in 0..<count {
            try withScratch { scratch in
                try interrupt(scratch, Self.numbers[index % 3], &tally)
                let resumed = try TrainingChild(scratch)
                let start = resumed.number(after: "begin")
                _ = resumed.finish()
                let isRight = start == 1 && resumed.digest == expected
                tally["resumed from the last checkpoint and ended right"] += isRight ? 1 : 0
                tally.expect(isRight, "resumed from \(start ?? -1), or ended with another result")
            }
        }
        return tally
    }

    private func interrupt(_ scratch: String, _ signal: Int32, _ tally: inout Tally) throws {
        let child = try TrainingChild(
            scratch, pause: Int(Self.step * 1e6), deadline: Self.deadline)
        let saved = child.number(after: "saved")
        usleep(100_000)
        let sent = ProcessInfo.processInfo.systemUptime
        child.send(signal)
        let code = child.finish()
        let seconds = ProcessInfo.processInfo.systemUptime - sent
        tally["signals"] += 1
        // The step would have taken almost three seconds.
        let isInTime = code == 75 && seconds > 0.5 && seconds < Self.step - 0.5
        tally["exits with code 75 at the deadline"] += isInTime ? 1 : 0
        tally.expect(
            saved == 1 && isInTime && child.last("step") == 1,
            "signal \(signal) after step \(saved ?? -1): code \(code) after \(seconds) s")
    }
}
