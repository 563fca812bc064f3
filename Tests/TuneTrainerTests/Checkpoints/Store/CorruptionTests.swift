import Foundation
import Testing
import TuneBase
import TuneTestSupport
import TuneTrainer

/// Checkpoints that were changed after they were written.
@Suite struct CorruptionTests {
    /// What happens to one file.
    enum Damage: CaseIterable {
        case deleted, emptied, halved, oneBitFlipped
    }

    private let newest = runDirectory.appendingPathComponent("checkpoint-2")

    @Test(arguments: SyntheticCheckpoint.names + ["manifest.json"], Damage.allCases)
    func damagedFilesAreFound(_ name: String, _ damage: Damage) throws {
        let disk = try disk(with: [1, 2])
        let file = newest.appendingPathComponent(name)
        switch damage {
        case .deleted: try disk.removeFile(file)
        case .emptied: try disk.corrupt(file) { $0 = [] }
        case .halved: try disk.corrupt(file) { $0.removeLast($0.count / 2) }
        case .oneBitFlipped: try disk.corrupt(file) { $0[$0.count / 2] ^= 16 }
        }
        let isOurs = name != "manifest.json" || damage != .deleted
        let skipped = try expectFallback(disk, isOurs ? .quarantined : .left)
        #expect(skipped.reason.contains(name))
    }

    @Test func everyBitOfAManifestCounts() throws {
        let disk = try disk(with: [1])
        let file = runDirectory.appendingPathComponent("checkpoint-1/manifest.json")
        let bytes = try Array(disk.read(file))
        for index in bytes.indices {
            for bit in 0..<8 {
                let copy = disk.copy()
                try copy.corrupt(file) { $0[index] ^= 1 << bit }
                let search = try CheckpointStore.simulated(copy).newestValid()
                #expect(search.newest == nil, "bit \(bit) of byte \(index)")
                #expect(search.skipped.map(\.disposition) == [.quarantined])
            }
        }
    }

    @Test func aFileOfAnotherStepIsFound() throws {
        let disk = try disk(with: [1, 2])
        let other = runDirectory.appendingPathComponent("checkpoint-1/model.safetensors")
        let bytes = try Array(disk.read(other))
        try disk.corrupt(newest.appendingPathComponent("model.safetensors")) { $0 = bytes }
        #expect(try expectFallback(disk).reason.contains("XXH3"))
    }

    @Test func aRenamedCheckpointIsFound() throws {
        let disk = try disk(with: [1, 2])
        let forged = runDirectory.appendingPathComponent("checkpoint-7")
        try disk.rename(newest, to: forged)
        #expect(try expectFallback(disk).reason == "it is the checkpoint of step 2")
    }

    @Test func anExtraFileIsFound() throws {
        let disk = try disk(with: [1, 2])
        try disk.createFile(newest.appendingPathComponent("optimizer.pt")).close()
        #expect(try expectFallback(disk).reason == "optimizer.pt does not belong to it")
    }

    @Test func linksAreRefused() throws {
        let disk = try disk(with: [1, 2])
        let file = newest.appendingPathComponent("config.json")
        try disk.removeFile(file)
        try disk.createLink(file)
        #expect(try expectFallback(disk).reason == "config.json is no plain file")
    }

    @Test func aLinkToACheckpointIsRefused() throws {
        let disk = try disk(with: [1])
        try disk.createLink(newest)
        #expect(try expectFallback(disk).reason == "it is no directory")
    }

    @Test func theCheckpointOfAnotherRunIsFound() throws {
        let disk = try disk(with: [1])
        try CheckpointStore.simulated(disk, runID: "other").publish(SyntheticCheckpoint(step: 2))
        #expect(try expectFallback(disk).reason == "it belongs to another run (other)")
    }

    @Test func allBadCheckpointsAreKept() throws {
        let disk = try disk(with: [1, 2, 3])
        for step in [2, 3] {
            try disk.corrupt(runDirectory.appendingPathComponent("checkpoint-\(step)/config.json"))
            { $0 = [] }
        }
        let store = CheckpointStore.simulated(disk)
        let search = try store.newestValid()
        #expect(search.newest?.step == 1)
        #expect(search.skipped.map(\.name) == ["checkpoint-3", "checkpoint-2"])
        // A second bad checkpoint of the same step finds another name there.
        try store.publish(SyntheticCheckpoint(step: 3))
        try disk.corrupt(runDirectory.appendingPathComponent("checkpoint-3/config.json")) {
            $0 = []
        }
        let again = try store.newestValid()
        #expect(
            again.skipped.map(\.description) == [
                "checkpoint-3 is skipped: config.json has 0 bytes where 66 were written; "
                    + "moved to quarantine/checkpoint-3-2."
            ])
        #expect(
            try Set(disk.list(runDirectory.appendingPathComponent("quarantine"))) == [
                "checkpoint-2", "checkpoint-3", "checkpoint-3-2",
            ])
    }

    @Test func checkpointsOfPythonAreLeftAlone() throws {
        let disk = try disk(with: [1])
        let python = runDirectory.appendingPathComponent("checkpoint-5")
        try disk.createDirectory(python)
        try disk.createFile(python.appendingPathComponent("optimizer.pt")).close()
        let store = CheckpointStore.simulated(disk)
        let search = try store.newestValid()
        #expect(search.newest?.step == 1)
        #expect(search.skipped.map(\.disposition) == [.left])
        #expect(try disk.list(python) == ["optimizer.pt"])
        for step in [2, 3, 4] { try store.publish(SyntheticCheckpoint(step: step)) }
        #expect(store.rotate(keeping: 1, best: nil).removed == [1, 2])
        #expect(try store.steps() == [3, 4, 5])
        // A checkpoint of the same step takes its name, and it goes to the archive.
        try store.publish(SyntheticCheckpoint(step: 5))
        #expect(
            try disk.list(runDirectory.appendingPathComponent("archive/checkpoint-5"))
                == ["optimizer.pt"])
    }

    /// Expects that checkpoint 1 is taken, and the other one skipped.
    private func expectFallback(
        _ disk: SimulatedDisk, _ disposition: SkippedCheckpoint.Disposition = .quarantined
    ) throws -> SkippedCheckpoint {
        let search = try CheckpointStore.simulated(disk).newestValid()
        let found = try #require(search.newest)
        #expect(try SyntheticCheckpoint(step: 1).isIn(found.url, disk))
        let skipped = try #require(search.skipped.first)
        #expect(search.skipped.count == 1)
        #expect(skipped.disposition == disposition)
        #expect(try disk.status(skipped.url) != nil)
        return skipped
    }
}
