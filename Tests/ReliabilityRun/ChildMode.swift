import FineTuneKit
import Foundation

/// The training process that a driver kills: it tells every step on its standard output.
struct ChildMode {
    /// Where its checkpoints go.
    let directory: String
    /// How many steps lie between checkpoints.
    let saveSteps: Int
    /// How long a step lasts at least, in microseconds.
    let pause: UInt32
    /// The seconds that finishing a step may take after a signal.
    let deadline: Double
    /// Whether saves come to the disk while training goes on.
    let savesMeanwhile: Bool

    /// Trains to the end, going on from the newest checkpoint if there is one.
    ///
    /// - Returns: The exit code.
    func run() -> Int32 {
        let run = TinyRun(
            directory: directory,
            change: { [saveSteps, deadline] in
                ($0.saveSteps, $0.interruptDeadline) = (Double(saveSteps), deadline)
            },
            callbacks: [Announcer(pause: pause, readsCheckpoints: !savesMeanwhile)])
        do {
            announce("done \(try run.finish(.newestIfAny))")
            return 0
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            return (error as? TuneError)?.code.rawValue ?? 1
        }
    }
}

/// Tells the driver where the run is.
private struct Announcer: TrainerCallback {
    let pause: UInt32
    let readsCheckpoints: Bool
    private var announced: Int?

    init(pause: UInt32, readsCheckpoints: Bool) {
        (self.pause, self.readsCheckpoints) = (pause, readsCheckpoints)
    }

    mutating func on(
        _ event: TrainerEvent, _ context: TrainerContext, _ control: inout TrainerControl
    ) {
        switch event {
        case .trainBegin: announce("begin \(context.state.globalStep)")
        case .stepEnd:
            wait()
            announceCheckpoint(context)
            announce("step \(context.state.globalStep)")
        case .save: announceCheckpoint(context)
        default: break
        }
    }

    /// Tells the newest checkpoint that is on the disk, once.
    private mutating func announceCheckpoint(_ context: TrainerContext) {
        guard let step = context.completeCheckpoint, step != announced else { return }
        announced = step
        announce("saved \(step)")
    }

    /// Signals do not shorten it.
    private func wait() {
        let end = monotonicSeconds() + Double(pause) * 1e-6
        while case let left = end - monotonicSeconds(), left > 0 { usleep(UInt32(left * 1e6)) }
    }
}

/// Writes a line at once, in one piece.
private func announce(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
}
