import Foundation
import Synchronization
import TuneBase

/// Requests by signals to end a training at its next step, or to save at once.
///
/// SIGINT, SIGTERM and SIGUSR1 end the training after the current step, with a checkpoint; the
/// second of them ends the process at once, as it would have without this. Where step and
/// checkpoint take longer than a deadline, the process ends too. SIGUSR2 asks for a checkpoint and
/// lets training go on.
enum Interruption {
    private static let endingSignals = [SIGINT, SIGTERM, SIGUSR1]

    /// The signal that asked to end, or nil.
    static var requested: Int32? {
        let signal = endRequest.load(ordering: .relaxed)
        return signal == 0 ? nil : signal
    }

    /// Whether a checkpoint was asked for since the last call.
    static func takeSaveRequest() -> Bool {
        saveRequest.exchange(false, ordering: .relaxed)
    }

    /// Runs a training with signals as requests; afterwards they do again what they did before.
    ///
    /// One that came too late to be answered is sent again then.
    ///
    /// - Parameters:
    ///   - isOn: Whether signals are observed at all.
    ///   - deadline: Seconds from a request to end to the end of the process; 0 for no limit.
    ///   - body: The training.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    static func observing<Result>(
        _ isOn: Bool, deadline: Double, _ body: () throws -> Result
    ) throws -> Result {
        guard isOn else { return try body() }
        endRequest.store(0, ordering: .relaxed)
        saveRequest.store(false, ordering: .relaxed)
        patience.store(UInt32(min(max(deadline, 0), 1e6).rounded(.up)), ordering: .relaxed)
        let result = try observed(body)
        if let requested { raise(requested) }
        return result
    }

    private static func observed<Result>(_ body: () throws -> Result) rethrows -> Result {
        let previous =
            endingSignals.map { ($0, signal($0, noteEndRequest)) }
            + [(SIGUSR2, signal(SIGUSR2, noteSaveRequest)), (SIGALRM, signal(SIGALRM, endAtOnce))]
        defer {
            if requested != nil { alarm(0) }
            for (number, handler) in previous { signal(number, handler) }
        }
        return try receiving(previous.map(\.0), body)
    }

    /// Lets signals reach this thread, also where the parent process had blocked them.
    private static func receiving<Result>(
        _ signals: [Int32], _ body: () throws -> Result
    ) rethrows -> Result {
        var (wanted, previous) = (sigset_t(), sigset_t())
        sigemptyset(&wanted)
        for signal in signals { sigaddset(&wanted, signal) }
        pthread_sigmask(SIG_UNBLOCK, &wanted, &previous)
        defer { pthread_sigmask(SIG_SETMASK, &previous, nil) }
        return try body()
    }

    /// What ends a training whose state is saved.
    static func error(by signal: Int32, after step: Int, in checkpoint: String) -> TuneError {
        TuneError(
            .interrupted,
            "Stopped by \(name(of: signal)) after step \(step); the state is saved in \(checkpoint).",
            remedy: "Run the same command again, or train(resumeFromCheckpoint: true), to go on.")
    }

    /// The usual name of a signal.
    static func name(of signal: Int32) -> String {
        switch signal {
        case SIGINT: "SIGINT"
        case SIGTERM: "SIGTERM"
        case SIGUSR1: "SIGUSR1"
        default: "signal \(signal)"
        }
    }
}

private let endRequest = Atomic<Int32>(0)
/// Seconds from the first request to end to the end of the process; 0 for no limit.
private let patience = Atomic<UInt32>(0)
private let saveRequest = Atomic<Bool>(false)

// Handlers run between any two instructions: they may only touch atomics and make system calls
// that POSIX allows there.

private func noteEndRequest(_ number: Int32) {
    let (isFirst, _) = endRequest.compareExchange(
        expected: 0, desired: number, ordering: .relaxed)
    if isFirst {
        tell(endNotice)
        alarm(patience.load(ordering: .relaxed))
    } else {
        signal(number, SIG_DFL)
        raise(number)
    }
}

private let endNotice: StaticString =
    "\nFinishing the step and saving a checkpoint; a second signal stops at once.\n"

/// The deadline is over: the process ends in the middle of whatever it does, as if it were killed,
/// which checkpoints survive.
private func endAtOnce(_ number: Int32) {
    tell(deadlineNotice)
    _exit(TuneError.Code.interrupted.rawValue)
}

private let deadlineNotice: StaticString =
    "\nStep and checkpoint took longer than interrupt_deadline; stopped at once, the last checkpoint is as it was.\n"

private func tell(_ notice: StaticString) {
    _ = write(STDERR_FILENO, notice.utf8Start, notice.utf8CodeUnitCount)
}

private func noteSaveRequest(_ number: Int32) { saveRequest.store(true, ordering: .relaxed) }
