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
            // echo -n note | sha256sum
            #expect(
                note?.sha256
                    == "edb465624291e4053c6c5ea4b7eb320dec773e10a57d26b95dcf0564f8e310f8")
            let again = try CheckpointStore.open(directory)
            #expect(again.runID == store.runID)
            #expect(try again.newestValid().newest == checkpoint)
            #expect(
                try Set(LocalFileSystem().list(directory)) == [".run.json", "checkpoint-5"])
        }
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
                "checkpoint-3 is skipped: config.json differs from what was written (SHA-256); "
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
