import Foundation
import TuneBase

/// Ways to do the same work, timed in turn.
struct Timings {
    /// The names of the ways.
    let names: [String]
    private var seconds: [[Double]]
    private var processorSeconds: [[Double]]

    init(_ names: [String]) {
        self.names = names
        seconds = names.map { _ in [] }
        processorSeconds = seconds
    }

    /// Times one piece of work of a way.
    @discardableResult
    mutating func time<Result>(_ way: Int, _ body: () throws -> Result) rethrows -> Result {
        let (began, used) = (monotonicSeconds(), processorTime())
        let result = try body()
        add(way, monotonicSeconds() - began)
        processorSeconds[way].append(processorTime() - used)
        return result
    }

    /// Notes one piece of work of a way, which took so many seconds.
    mutating func add(_ way: Int, _ duration: Double) { seconds[way].append(duration) }

    /// The seconds of a way, turn by turn.
    subscript(way: Int) -> [Double] { seconds[way] }

    /// The median of the quotients of two ways, each of one turn.
    func ratio(_ way: Int, to other: Int) -> Double {
        middle(zip(seconds[way], seconds[other]).map { $0 / $1 })
    }

    /// A line for each way: median, range, and processor time of all threads where it was taken.
    var lines: [String] {
        names.indices.map { way in
            let (least, most) = (seconds[way].min() ?? 0, seconds[way].max() ?? 0)
            let processor = processorSeconds[way]
            return
                "\(names[way]): \(milliseconds(middle(seconds[way]))) ms (\(milliseconds(least)) to \(milliseconds(most)))"
                + (processor.isEmpty
                    ? "" : ", processor time \(milliseconds(middle(processor))) ms")
        }
    }
}

private func milliseconds(_ seconds: Double) -> String {
    (seconds * 1e3).formatted(.number.precision(.fractionLength(1)).grouping(.never))
}

/// The median.
func middle(_ numbers: [Double]) -> Double {
    guard !numbers.isEmpty else { return .nan }
    let sorted = numbers.sorted()
    let half = sorted.count / 2
    return sorted.count.isMultiple(of: 2) ? (sorted[half - 1] + sorted[half]) / 2 : sorted[half]
}

/// Seconds of processor time of this process so far, the system's part included.
private func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
