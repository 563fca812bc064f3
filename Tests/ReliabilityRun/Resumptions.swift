import FineTuneKit
import Foundation

/// A run is resumed from the checkpoint of each of its 40 steps, in six configurations.
struct Resumptions {
    private struct Configuration {
        let mode: ExecutionMode
        let bf16: Bool
        let accumulation: Int
    }

    private static let configurations = [
        Configuration(mode: .fast, bf16: false, accumulation: 1),
        Configuration(mode: .fast, bf16: false, accumulation: 2),
        Configuration(mode: .fast, bf16: true, accumulation: 1),
        Configuration(mode: .reference, bf16: false, accumulation: 1),
        Configuration(mode: .reference, bf16: false, accumulation: 2),
        Configuration(mode: .reference, bf16: true, accumulation: 2),
    ]

    /// Resumes from all steps of a run, for `rounds` runs of each configuration.
    func callAsFunction(rounds: Int) throws -> Tally {
        var tally = Tally("resumed from each of 40 steps")
        for seed in 0..<rounds {
            for configuration in Self.configurations { try check(configuration, seed, &tally) }
        }
        return tally
    }

    private func check(
        _ configuration: Configuration, _ seed: Int, _ tally: inout Tally
    ) throws {
        tally["configurations"] += 1
        try withScratch { scratch in
            var run = TinyRun(directory: scratch + "/whole", seed: seed)
            run.change = { args in
                (args.mode, args.bf16) = (configuration.mode, configuration.bf16)
                args.gradientAccumulationSteps = configuration.accumulation
                args.saveTotalLimit = nil
            }
            let expected = try run.finish()
            let steps = savedSteps(run.directory)
            tally.expect(steps == Array(1...wholeRun), "checkpoints of \(steps)")
            var again = run
            again.directory = scratch + "/resumed"
            again.change = { [run] args in
                run.change(&args)
                args.saveStrategy = .no
            }
            for step in steps {
                let result = try again.finish(.checkpoint("\(run.directory)/checkpoint-\(step)"))
                tally["resumptions"] += 1
                tally["bit-equal ends"] += result == expected ? 1 : 0
                tally.expect(result == expected, "\(configuration) from step \(step)")
            }
        }
    }
}
