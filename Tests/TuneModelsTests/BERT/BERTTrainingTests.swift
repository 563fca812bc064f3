import Foundation
import Testing
import TuneModels
import TuneNN
import TuneTestSupport
import TuneTorch

@Suite(.serialized) struct BERTTrainingTests {
    @Test func equalSeedsGiveEqualBits() throws {
        try withSharedRandomness {
            for threads in [1, 2] {
                let runs = try [1, 1, 2].map { seed in
                    try withThreads(threads) {
                        try trainTiny(tinyBERT(dropout: 0.1, seed: seed), steps: 4)
                    }
                }
                #expect(runs[0] == runs[1])
                #expect(runs[0] != runs[2])
            }
        }
    }

    @Test func modesFollowTheSameTrajectoryWithoutDropout() throws {
        try withSharedRandomness {
            let runs = try ExecutionMode.allCases.map { mode in
                try withThreads(1) { try trainTiny(tinyBERT(), steps: 10, mode: mode) }
            }
            for (found, wanted) in zip(runs[0], runs[1]) { #expect(abs(found - wanted) < 1e-4) }
        }
    }

    #if os(Linux)
    /// The least memory in use over some time: what other tests hold meanwhile comes and goes.
    private func steadyUse() -> Int {
        (0..<20).map { _ in
            Thread.sleep(forTimeInterval: 0.002)
            return TorchRuntime.retainedMemory.used
        }.min() ?? 0
    }

    /// The bytes held more after 50 steps than after 10, and used more after all of them than before.
    private func growth() throws -> (held: Int, used: Int) {
        try withSharedRandomness {
            let before = steadyUse()
            let held = try withThreads(1) {
                let model = try tinyBERT(width: 64, dropout: 0.1)
                _ = try trainTiny(model, steps: 10)
                let warm = TorchRuntime.retainedMemory.held
                _ = try trainTiny(model, steps: 50)
                return TorchRuntime.retainedMemory.held - warm
            }
            return (held, steadyUse() - before)
        }
    }

    /// Other tests ask for memory at the same time, so that only repeated growth is a leak.
    @Test func trainingDoesNotLeak() throws {
        TorchRuntime.retainFreedMemory()
        var found: [(held: Int, used: Int)] = []
        for _ in 0..<4 where !found.contains(where: { $0.held == 0 && $0.used <= 0 }) {
            found.append(try growth())
        }
        #expect(found.contains { $0.held == 0 && $0.used <= 0 }, "\(found)")
    }
    #endif
}
