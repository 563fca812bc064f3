import Foundation
import Testing
import TuneBase
import TuneTestSupport
import TuneTrainer

@Suite struct CheckpointStoreTests {
    @Test func aCheckpointOnARealDisk() throws {
        try withTemporaryDirectory { path in
            let directory = URL(fileURLWithPath: path)
            let store = try CheckpointStore.open(directory)
            let large = Data((0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) })
            let checkpoint = try store.publish(step: 5, estimatedBytes: large.count) { staging in
                try SyntheticCheckpoint(step: 5).write(to: staging)
                try writeFileAtomically(staging.appendingPathComponent("below/large"), large)
                // Not by our file system, as a callback of a user may.
                try Data("note".utf8).write(to: staging.appendingPathComponent("note"))
            }
            #expect(checkpoint.url.path == path + "/checkpoint-5")
            #expect(
                checkpoint.manifest.files.map(\.path)
                    == (SyntheticCheckpoint.names + ["below/large", "note"]).sorted())
            let note = checkpoint.manifest.files.first { $0.path == "note" }
            // echo -n note | xxhsum -H2
            #expect(note?.digest == "fc339a95b88603657a179eeed0019915")
            let again = try CheckpointStore.open(directory)
            #expect(again.runID == store.runID)
            #expect(try again.newestValid().newest == checkpoint)
            #expect(
                try Set(LocalFileSystem().list(directory)) == [".run.json", "checkpoint-5"])
        }
    }

    /// Reference: xxhash.xxh3_128(bytes(...)).hexdigest() of Python's xxhash 4.1.0.
    @Test(arguments: [
        (0, "99aa06d3014798d86001c324468d497f"), (1, "a6cd5e9392000f6ac44bdff4074eecdb"),
        (8, "c5a27c9e698f2107341cae08ffabafab"), (16, "da897a87a404962cbe5cad46d3deeae6"),
        (17, "6e1040b7606bbd55c17b90f0ae8fd7be"), (128, "3bfbc60cb85fba42026d142a349a0924"),
        (129, "b9842dd73d89cfc164e192c5d8910a74"), (240, "b0abaf8dec0aaf3e0ea9bd86dd4ee54a"),
        (241, "103d5167fd7fd4f837a4b7aa84a689b1"), (1024, "c3b6e138d6471449103e57ce041d5433"),
        (1025, "6cf2a32886d162490d3af58bd06c2846"), (262_145, "5a7535246a878cb285ab0e285e3bc4e5"),
        (3_000_000, "fdc7bf789cb3eed3ea14e18a8593f61d"),
    ])
    func digestsAreThoseOfOtherPrograms(_ count: Int, _ expected: String) throws {
        let bytes = Data((0..<count).map { UInt8(truncatingIfNeeded: $0 * 3 + $0 >> 8) })
        let checkpoint = try CheckpointStore.simulated(try disk()).publish(step: 1) {
            try writeFileAtomically($0.appendingPathComponent("passing")) { file in
                try file.write(contentsOf: bytes.prefix(count / 3))
                try file.write(contentsOf: bytes.dropFirst(count / 3))
            }
        }
        #expect(checkpoint.manifest.files.map(\.digest) == [expected])
    }

    @Test func checkpointsOfTheFirstFormatAreRead() throws {
        let disk = try disk(with: [1, 2])
        for step in [1, 2] {
            try giveFirstManifest(
                runDirectory.appendingPathComponent("checkpoint-\(step)"), disk)
        }
        let store = CheckpointStore.simulated(disk)
        #expect(try store.newestValid().newest?.manifest.formatVersion == 1)
        try disk.corrupt(runDirectory.appendingPathComponent("checkpoint-2/config.json")) {
            $0[0] ^= 1
        }
        let search = try store.newestValid()
        #expect(search.newest?.step == 1)
        #expect(
            search.skipped.map(\.reason) == [
                "config.json differs from what was written (SHA-256)"
            ])
        try store.publish(SyntheticCheckpoint(step: 3))
        #expect(try store.newestValid().newest?.manifest.formatVersion == 2)
    }

    @Test func theNewestIsTheOneOfTheHighestStep() throws {
        let store = CheckpointStore.simulated(try disk(with: [100, 20, 3]))
        #expect(try store.steps() == [3, 20, 100])
        #expect(try store.newestValid().newest?.step == 100)
    }

    @Test(arguments: ["checkpoint-", "checkpoint--1", "checkpoint-01", "checkpoint-1x", "best"])
    func otherNamesAreNoCheckpoints(_ name: String) throws {
        let disk = try disk(with: [1])
        try disk.createDirectory(runDirectory.appendingPathComponent(name))
        #expect(try CheckpointStore.simulated(disk).steps() == [1])
    }

    @Test func rotationKeepsTheBestAndTheNewestTwo() throws {
        let disk = try disk(with: [9, 10, 11, 12, 13])
        let store = CheckpointStore.simulated(disk)
        #expect(store.rotate(keeping: nil, best: nil).removed == [])
        #expect(store.rotate(keeping: 4, best: nil).removed == [9])
        #expect(store.rotate(keeping: 1, best: 10).removed == [11])
        #expect(try store.steps() == [10, 12, 13])
    }

    @Test func rotationDoesNotCountOnBadCheckpoints() throws {
        let disk = try disk(with: [1, 2, 3, 4])
        try disk.corrupt(runDirectory.appendingPathComponent("checkpoint-3/config.json")) {
            $0[0] ^= 1
        }
        let store = CheckpointStore.simulated(disk, process: 2)
        let report = store.rotate(keeping: 2, best: nil)
        #expect(report.removed == [1])
        #expect(
            report.problems == [
                "checkpoint-3 is skipped: config.json differs from what was written (XXH3); "
                    + "moved to quarantine/checkpoint-3."
            ])
        #expect(try store.steps() == [2, 4])
    }

    @Test func remainsOfLivingProcessesStay() throws {
        let disk = try disk(with: [1])
        let staging = runDirectory.appendingPathComponent(".tmp-2-77-abc")
        try disk.createDirectory(staging)
        let other = CheckpointStore(
            directory: runDirectory, runID: "run", fileSystem: disk, processID: 1,
            isAlive: { $0 == 77 })
        #expect(try other.newestValid().newest?.step == 1)
        #expect(try disk.status(staging) != nil)
        #expect(try CheckpointStore.simulated(disk).newestValid().newest?.step == 1)
        #expect(try disk.status(staging) == nil)
    }

    @Test func aFreshRunSetsTheEarlierOneAside() throws {
        let disk = try disk(with: [1, 2])
        let first = try CheckpointStore.open(runDirectory, fileSystem: disk)
        #expect(first.runID == "run")
        let second = try CheckpointStore.open(runDirectory, fresh: true, fileSystem: disk)
        #expect(second.runID != "run")
        #expect(try second.newestValid().newest == nil)
        let archived = runDirectory.appendingPathComponent("archive/run/checkpoint-2")
        #expect(try SyntheticCheckpoint(step: 2).isIn(archived, disk))
        #expect(try CheckpointStore.open(runDirectory, fileSystem: disk).runID == second.runID)
    }
}
