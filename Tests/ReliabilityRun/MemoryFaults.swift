import FineTuneKit
import Foundation

/// Memory runs out at every single request of an optimizer step, in turn.
///
/// The run has to end as one that nothing disturbs, where the step was made again as it was, or as
/// one whose batches are computed in parts from that step on. Where an optimizer is in the middle of
/// its update, the run may end too, and has to end right when it is resumed.
struct MemoryFaults {
    private struct Configuration {
        let mode: ExecutionMode
        let accumulation: Int
        /// The step in question: the first makes the moments of the optimizer.
        let step: Int
        /// SGD with momentum takes memory while it updates, so that not every failure can be made
        /// good.
        var optimizer = OptimizerName.adamwTorchFused

        /// Makes these the arguments of a training of one step more.
        func apply(to args: inout TrainingArguments) {
            (args.mode, args.gradientAccumulationSteps) = (mode, accumulation)
            (args.optim, args.maxSteps) = (optimizer, step + 1)
            if optimizer == .sgd {
                args.optimArgs = "momentum=0.9"
            } else {
                args.saveStrategy = .no
            }
        }

        func mayEnd(by error: TuneError) -> Bool {
            optimizer == .sgd && error.message.contains("Memory ran out in the update of step")
        }
    }

    private static let configurations = [
        Configuration(mode: .fast, accumulation: 1, step: 1),
        Configuration(mode: .fast, accumulation: 2, step: 3),
        Configuration(mode: .reference, accumulation: 2, step: 1),
        Configuration(mode: .reference, accumulation: 1, step: 3),
        Configuration(mode: .fast, accumulation: 1, step: 2, optimizer: .sgd),
    ]

    /// Lets as many requests fail, evenly over all configurations; all where there are not more.
    func callAsFunction(_ count: Int) throws -> Tally {
        // What gives out memory has to be there before requests are counted.
        TorchRuntime.retainFreedMemory()
        TorchRuntime.threads = 1
        var tally = Tally("memory runs out at a request of a step")
        for configuration in Self.configurations {
            try check(configuration, count / Self.configurations.count, &tally)
        }
        return tally
    }

    private func check(
        _ configuration: Configuration, _ count: Int, _ tally: inout Tally
    ) throws {
        let requests = Box(0)
        let whole = try withScratch { try run(configuration, $0, requests: requests) }
        let split = try withScratch { try run(configuration, $0, isSplit: true) }
        tally.expect(whole != split, "\(configuration): splitting leaves no trace")
        tally["configurations"] += 1
        for number in stride(from: 0, to: requests.value, by: max(1, requests.value / count)) {
            tally["requests"] += 1
            try withScratch { directory in
                do {
                    let result = try run(configuration, directory, failing: number)
                    tally["ended as if nothing had happened"] += result == whole ? 1 : 0
                    tally["ended as with smaller parts from there on"] += result == split ? 1 : 0
                    tally.expect(
                        result == whole || result == split,
                        "\(configuration), request \(number): another result")
                } catch let error as TuneError where configuration.mayEnd(by: error) {
                    let result = try run(configuration, directory, .newest)
                    tally["ended within an update, and right after resuming"] +=
                        result == whole ? 1 : 0
                    tally.expect(
                        result == whole, "\(configuration), request \(number): resumed")
                } catch {
                    tally.expect(false, "\(configuration), request \(number): \(error)")
                }
            }
        }
    }

    /// Trains, with one refused request in the step.
    ///
    /// - Parameters:
    ///   - configuration: How.
    ///   - directory: Where checkpoints go.
    ///   - source: The checkpoint to go on from.
    ///   - failing: The number of the request; nil for none.
    ///   - isSplit: Whether the step finds the memory for half of its rows only.
    ///   - requests: Takes the number of requests in the step.
    /// - Returns: The digest of the result.
    /// - Throws: What ends the training.
    private func run(
        _ configuration: Configuration, _ directory: String, _ source: ResumeSource = .none,
        failing: Int? = nil, isSplit: Bool = false, requests: Box<Int>? = nil
    ) throws -> String {
        var run = TinyRun(directory: directory)
        run.change = configuration.apply
        run.fullMemoryStep = isSplit ? configuration.step : nil
        run.callbacks = [
            Disturbance(after: configuration.step - 1, at: .stepBegin) { _ in
                AllocationFaults.count(failing: failing)
            },
            Disturbance(after: configuration.step, at: .stepEnd) { _ in
                requests?.value = AllocationFaults.counted
                AllocationFaults.count()
            },
        ]
        defer { AllocationFaults.count() }
        return try run.finish(source)
    }
}
