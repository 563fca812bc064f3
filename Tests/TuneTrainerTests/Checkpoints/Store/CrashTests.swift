import Foundation
import Testing
import TuneBase
import TuneTestSupport
import TuneTrainer

/// Losses of power after every operation on the disk, with everything that may have become of
/// what was not waited for.
@Suite struct CrashTests {
    /// What may be found after a crash: at least the last acknowledged checkpoint, at most the
    /// one being written.
    private final class Expectation {
        var allowed: [SyntheticCheckpoint] = []
        var mayBeNothing = true
        var states: Set<[String: [UInt8]]> = []
    }

    @Test func everyCrashLeavesAnOldOrANewCheckpoint() throws {
        let (disk, expectation) = (try disk(), Expectation())
        let store = CheckpointStore.simulated(disk)
        var states = 0
        try disk.observing({ try check(disk, expectation) }) {
            var last: SyntheticCheckpoint?
            for (step, version) in [(1, 0), (2, 0), (2, 1), (3, 0)] {
                let next = SyntheticCheckpoint(step: step, version: version)
                expectation.allowed = [last, next].compactMap { $0 }
                expectation.states = []
                try store.publish(next)
                states += expectation.states.count
                (last, expectation.allowed, expectation.mayBeNothing) = (next, [next], false)
            }
            expectation.states = []
            #expect(store.rotate(keeping: 2, best: nil).removed == [1])
            #expect(store.rotate(keeping: 1, best: nil).removed == [])
        }
        #expect(states + expectation.states.count > 500)
    }

    @Test func crashesWhileABadCheckpointIsMovedAway() throws {
        let disk = try disk(with: [1, 2])
        try disk.corrupt(runDirectory.appendingPathComponent("checkpoint-2/config.json")) {
            $0[3] ^= 1
        }
        let expectation = Expectation()
        var states: Set<[String: [UInt8]]> = []
        (expectation.allowed, expectation.mayBeNothing) = ([SyntheticCheckpoint(step: 1)], false)
        try disk.observing({
            try check(disk, expectation)
            for crashed in disk.crashed(exceptFor: &states) {
                let names = try ["checkpoint-2", "quarantine/checkpoint-2"].filter {
                    try crashed.status(runDirectory.appendingPathComponent($0)) != nil
                }
                #expect(names.count == 1)
            }
        }) {
            let search = try CheckpointStore.simulated(disk).newestValid()
            #expect(search.newest?.step == 1)
        }
        #expect(expectation.states.count >= 3)
    }

    @Test func crashesWhileARunIsSetAside() throws {
        let disk = try disk(with: [1, 2])
        var states: Set<[String: [UInt8]]> = []
        try disk.observing({
            for crashed in disk.crashed(exceptFor: &states) {
                let places = try crashed.tree(runDirectory).keys.filter {
                    $0.hasSuffix("checkpoint-2/manifest.json")
                }
                #expect(places.count == 1)
            }
        }) {
            let store = try CheckpointStore.open(runDirectory, fresh: true, fileSystem: disk)
            #expect(store.runID != "run")
            #expect(try store.steps() == [])
        }
        #expect(states.count > 5)
    }

    private func check(_ disk: SimulatedDisk, _ expectation: Expectation) throws {
        for (number, crashed) in disk.crashed(exceptFor: &expectation.states).enumerated() {
            if number.isMultiple(of: 8) { try checkCrashOfRecovery(crashed.copy(), expectation) }
            try checkRecovery(crashed, expectation)
            if number.isMultiple(of: 4) { try checkUse(crashed) }
        }
    }

    /// A crash while the remains of the first one are put in order.
    private func checkCrashOfRecovery(
        _ crashed: SimulatedDisk, _ expectation: Expectation
    ) throws {
        try crashed.observing({
            for again in crashed.crashed(exceptFor: &expectation.states) {
                try checkRecovery(again, expectation, process: 3)
            }
        }) {
            _ = try CheckpointStore.simulated(crashed, process: 2).newestValid()
        }
    }

    private func checkRecovery(
        _ crashed: SimulatedDisk, _ expectation: Expectation, process: Int32 = 2
    ) throws {
        let store = CheckpointStore.simulated(crashed, process: process)
        let search = try store.newestValid()
        #expect(search.problems == [])
        if let newest = search.newest {
            let found = try expectation.allowed.contains { try $0.isIn(newest.url, crashed) }
            #expect(found, "step \(newest.step) is neither the old nor the new checkpoint")
        } else {
            #expect(expectation.mayBeNothing)
        }
        let names = try crashed.list(runDirectory)
        #expect(names.allSatisfy { $0.hasPrefix("checkpoint-") || $0 == "quarantine" })
    }

    /// The run goes on after a crash.
    private func checkUse(_ crashed: SimulatedDisk) throws {
        let store = CheckpointStore.simulated(crashed, process: 4)
        let next = SyntheticCheckpoint(step: 9)
        try store.publish(next)
        let found = try #require(try store.newestValid().newest)
        #expect(try next.isIn(found.url, crashed))
    }
}
