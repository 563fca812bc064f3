import Foundation
import Testing
import TuneBase
import TuneTestSupport
import TuneTrainer

/// Operations that fail: the checkpoint in question is lost, nothing else.
@Suite struct StorageFaultTests {
    private let old = SyntheticCheckpoint(step: 2)
    private let new = SyntheticCheckpoint(step: 3)

    @Test(arguments: [ENOSPC, EIO, EMFILE, EROFS, EDQUOT], [false, true])
    func everyOperationMayFail(_ number: Int32, _ isLasting: Bool) throws {
        let prepared = try disk(with: [1, 2])
        var position = 0
        while true {
            let disk = prepared.copy()
            let faulty = FaultyFileSystem(
                disk, at: position, number: number, isLasting: isLasting)
            let published = try attempt(on: faulty)
            if faulty.failureCount == 0 { break }
            try check(disk, published: published, isTidy: !isLasting)
            position += 1
        }
        #expect(position > 50)
    }

    @Test func theDiskMayBeFullAtEveryByte() throws {
        let prepared = try disk(with: [1, 2])
        var failures = 0
        for free in stride(from: 0, through: 3 * new.size, by: 17) {
            let disk = prepared.copy(freeSpace: free)
            let published = try attempt(on: disk)
            failures += published ? 0 : 1
            try check(disk.copy(freeSpace: 1 << 20), published: published, isTidy: true)
        }
        #expect(failures > 50)
    }

    @Test func replacingACheckpointMayFail() throws {
        let prepared = try disk(with: [1, 2])
        let replacement = SyntheticCheckpoint(step: 2, version: 1)
        var position = 0
        while true {
            let disk = prepared.copy()
            let faulty = FaultyFileSystem(disk, at: position, number: EIO)
            let published = (try? CheckpointStore.simulated(faulty).publish(replacement)) != nil
            if faulty.failureCount == 0 { break }
            let found = try #require(
                try CheckpointStore.simulated(disk, process: 2).newestValid().newest)
            #expect(try (published ? replacement : old).isIn(found.url, disk))
            position += 1
        }
        #expect(position > 50)
    }

    @Test func rotationMayFail() throws {
        let prepared = try disk(with: [1, 2, 3, 4])
        var position = 0
        while true {
            let disk = prepared.copy()
            let faulty = FaultyFileSystem(disk, at: position, number: EIO, isLasting: true)
            let report = CheckpointStore.simulated(faulty).rotate(keeping: 2, best: 1)
            if faulty.failureCount == 0 {
                #expect(report.removed == [2])
                #expect(report.problems == [])
                break
            }
            #expect(!report.problems.isEmpty)
            let store = CheckpointStore.simulated(disk, process: 2)
            #expect(try store.newestValid().newest?.step == 4)
            #expect(try Set(store.steps()).isSuperset(of: [1, 3, 4]))
            position += 1
        }
        #expect(position > 5)
    }

    @Test func tooLittleSpaceIsSeenBeforeWriting() throws {
        let disk = try disk(with: [1]).copy(freeSpace: 1_500_000)
        let before = try disk.tree(runDirectory)
        let error = #expect(throws: TuneError.self) {
            try CheckpointStore.simulated(disk).publish(step: 2, estimatedBytes: 2_000_000) { _ in
                Issue.record("nothing is written")
            }
        }
        #expect(error?.code == .io)
        #expect(error?.message.contains("needs 2.0 MB, and 1.5 MB are free") == true)
        #expect(try disk.tree(runDirectory) == before)
    }

    @Test func errorsOfTheWriterPass() throws {
        let disk = try disk(with: [1])
        let error = #expect(throws: TuneError.self) {
            try CheckpointStore.simulated(disk).publish(step: 2) { directory in
                try new.write(to: directory)
                throw TuneError(.badData, "Two tensors share a name.", remedy: "Rename one.")
            }
        }
        #expect(error?.code == .badData)
        #expect(
            error?.message
                == "The checkpoint of step 2 was not written: Two tensors share a name.")
        #expect(error?.remedy == "Rename one.")
        #expect(try disk.list(runDirectory) == ["checkpoint-1"])
    }

    /// Publishes the new checkpoint; false when that fails, as it may, with a typed error.
    private func attempt(on fileSystem: any FileSystem) throws -> Bool {
        do {
            try CheckpointStore.simulated(fileSystem).publish(new)
            return true
        } catch let error as TuneError {
            #expect(error.code == .io || error.code == .cannotCreate)
            #expect(error.message.contains("The checkpoint of step 3 was not written"))
            #expect(error.remedy != nil)
            return false
        }
    }

    private func check(_ disk: SimulatedDisk, published: Bool, isTidy: Bool) throws {
        if isTidy, !published {
            #expect(try Set(disk.list(runDirectory)) == ["checkpoint-1", "checkpoint-2"])
        }
        let store = CheckpointStore.simulated(disk, process: 2)
        let found = try #require(try store.newestValid().newest)
        let expected = published ? [new] : isTidy ? [old] : [old, new]
        #expect(try expected.contains { try $0.isIn(found.url, disk) })
        try store.publish(SyntheticCheckpoint(step: 4))
        #expect(try store.newestValid().newest?.step == 4)
    }
}
