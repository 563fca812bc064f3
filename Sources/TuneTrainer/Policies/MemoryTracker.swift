import Dispatch
import Foundation
import Synchronization
import TuneBase
package import TuneMetrics

/// How much more memory the process holds after a stage of a trainer than before it, and how far
/// it rose above that in between: the metrics of `skipMemoryMetrics: false`.
///
/// Names are Python's. A stage that begins within another is part of that one.
package final class MemoryTracker {
    /// A stage, by the name that its metrics begin with.
    package enum Stage: String {
        case creation = "init"
        case train
        case evaluation = "eval"
        case prediction = "test"
    }

    private struct Usage {
        let begin: Int
        let allocated: Int
        let peaked: Int
    }

    private let isActive: Bool
    private var current: (stage: Stage, begin: Int, peak: PeakMonitor)?
    private var creation: Usage?

    /// A tracker that does nothing when `isActive` is false, or the system does not tell memory.
    package init(isActive: Bool) { self.isActive = isActive && residentMemory() != nil }

    /// Begins a stage.
    package func start(_ stage: Stage) {
        guard isActive, current == nil, let begin = residentMemory() else { return }
        current = (stage, begin, PeakMonitor())
    }

    /// Ends a stage.
    ///
    /// - Returns: Its metrics; those of the creation come with the next stage.
    package func stop(_ stage: Stage) -> MetricResult {
        guard let (running, begin, monitor) = current, running == stage else { return [:] }
        current = nil
        let peak = monitor.stop()
        let end = residentMemory() ?? begin
        let usage = Usage(begin: begin, allocated: end - begin, peaked: max(0, peak - end))
        guard stage != .creation else {
            creation = usage
            return [:]
        }
        defer { creation = nil }
        return metrics(of: creation, .creation).merging(metrics(of: usage, stage))
            .merging(creation.map { ["before_init_mem_cpu": Double($0.begin)] } ?? [:])
    }

    private func metrics(of usage: Usage?, _ stage: Stage) -> MetricResult {
        guard let usage else { return [:] }
        return [
            "\(stage.rawValue)_mem_cpu_alloc_delta": Double(usage.allocated),
            "\(stage.rawValue)_mem_cpu_peaked_delta": Double(usage.peaked),
        ]
    }
}

/// Looks at the process's memory every millisecond, on a thread of its own.
private final class PeakMonitor {
    private let shared = Shared()

    init() {
        let thread = Thread { [shared] in shared.watch() }
        thread.name = "finetune.memory"
        thread.start()
    }

    deinit { shared.isStopped.store(true, ordering: .relaxed) }

    /// Ends the watch.
    ///
    /// - Returns: The most memory seen, in bytes.
    func stop() -> Int {
        shared.isStopped.store(true, ordering: .relaxed)
        shared.ended.wait()
        return shared.peak.load(ordering: .relaxed)
    }

    private final class Shared: Sendable {
        let isStopped = Atomic(false)
        let peak = Atomic(0)
        let ended = DispatchSemaphore(value: 0)

        func watch() {
            while !isStopped.load(ordering: .relaxed) {
                peak.max(residentMemory() ?? 0, ordering: .relaxed)
                usleep(1000)
            }
            ended.signal()
        }
    }
}

/// The bytes of this process that lie in memory now; nil where the system does not tell.
package func residentMemory() -> Int? {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .ascii),
        let pages = text.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
    else { return nil }
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
}
