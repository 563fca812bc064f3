import Foundation
import Synchronization
import TuneBase

/// Requests by signals to end a training at its next step, or to save at once.
///
/// SIGINT, SIGTERM and SIGUSR1 end the training after the current step, with a checkpoint; the
/// second of them ends the process at once, as it would have without this. SIGUSR2 asks for a
/// checkpoint and lets training go on.
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
    static func observing<Result>(_ isOn: Bool, _ body: () throws -> Result) throws -> Result {
        guard isOn else { return try body() }
        endRequest.store(0, ordering: .relaxed)
        saveRequest.store(false, ordering: .relaxed)
        let result = try observed(body)
        if let requested { raise(requested) }
        return result
    }

    private static func observed<Result>(_ body: () throws -> Result) rethrows -> Result {
        let previous =
            endingSignals.map { ($0, signal($0, noteEndRequest)) }
            + [(SIGUSR2, signal(SIGUSR2, noteSaveRequest))]
        defer { for (number, handler) in previous { signal(number, handler) } }
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
private let saveRequest = Atomic<Bool>(false)

// Handlers run between any two instructions: they may only touch atomics and make system calls
// that POSIX allows there.

private func noteEndRequest(_ number: Int32) {
    let (isFirst, _) = endRequest.compareExchange(
        expected: 0, desired: number, ordering: .relaxed)
    if isFirst {
        _ = write(STDERR_FILENO, endNotice.utf8Start, endNotice.utf8CodeUnitCount)
    } else {
        signal(number, SIG_DFL)
        raise(number)
    }
}

private let endNotice: StaticString =
    "\nFinishing the step and saving a checkpoint; a second signal stops at once.\n"

private func noteSaveRequest(_ number: Int32) { saveRequest.store(true, ordering: .relaxed) }
