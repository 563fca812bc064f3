import FineTuneKit
import Foundation

/// Memory runs out at every single request of an optimizer step, in turn.
///
/// The run has to end as one that nothing disturbs, where the step was made again as it was, or as
/// one whose batches are computed in parts from that step on.
struct MemoryFaults {
    private struct Configuration {
        let mode: ExecutionMode
        let accumulation: Int
        /// The step in question: the first makes the moments of the optimizer.
        let step: Int
    }

    private static let steps = 4
    private static let configurations = [
        Configuration(mode: .fast, accumulation: 1, step: 1),
        Configuration(mode: .fast, accumulation: 2, step: 3),
        Configuration(mode: .reference, accumulation: 2, step: 1),
        Configuration(mode: .reference, accumulation: 1, step: 3),
    ]

    /// Lets every request of each configuration fail, for as many seeds.
    func callAsFunction(rounds: Int) throws -> Tally {
        // What gives out memory has to be there before requests are counted.
        TorchRuntime.retainFreedMemory()
        var tally = Tally("memory runs out at a request of a step")
        for seed in 0..<rounds {
            for configuration in Self.configurations {
                try withScratch {
                    try check(configuration, TinyRun(directory: $0, seed: seed), &tally)
                }
            }
        }
        return tally
    }

    private func check(
        _ configuration: Configuration, _ base: TinyRun, _ tally: inout Tally
    ) throws {
        let requests = Box(0)
        let whole = try run(configuration, base, failing: nil, requests)
        let split = try run(configuration, base, failing: nil, requests, isSplit: true)
        tally.expect(whole != split, "\(configuration): splitting leaves no trace")
        let count = requests.value
        for number in 0..<count {
            tally["requests"] += 1
            do {
                let result = try run(configuration, base, failing: number, requests)
                tally["ended as if nothing had happened"] += result == whole ? 1 : 0
                tally["ended as with smaller parts from there on"] += result == split ? 1 : 0
                tally.expect(
                    result == whole || result == split,
                    "\(configuration), request \(number) of \(count): another result")
            } catch {
                tally.expect(
                    false, "\(configuration), request \(number) of \(count): \(error)")
            }
        }
    }

    /// Trains, with one refused request in the step.
    ///
    /// - Returns: The digest of the result.
    private func run(
        _ configuration: Configuration, _ base: TinyRun, failing: Int?,
        _ requests: Box<Int>, isSplit: Bool = false
    ) throws -> String {
        var run = base
        run.change = { args in
            (args.mode, args.gradientAccumulationSteps) =
                (configuration.mode, configuration.accumulation)
            (args.maxSteps, args.saveStrategy) = (Self.steps, .no)
        }
        run.fullMemoryStep = isSplit ? configuration.step : nil
        run.callbacks = [
            Disturbance(after: configuration.step - 1, at: .stepBegin) { _ in
                AllocationFaults.count(failing: failing)
            },
            Disturbance(after: configuration.step, at: .stepEnd) { _ in
                if failing == nil, !isSplit { requests.value = AllocationFaults.counted }
                AllocationFaults.count()
            },
        ]
        defer { AllocationFaults.count() }
        return try run.finish()
    }
}
