import Foundation
import Testing
import TuneBase
import TuneTrainer

@Suite struct RunLockTests {
    @Test func onlyOneHoldsADirectory() throws {
        try withTemporaryDirectory { path in
            try createDirectory(URL(fileURLWithPath: path))
            let directory = URL(fileURLWithPath: path)
            let lock = try RunLock(directory)
            let error = #expect(throws: TuneError.self) { try RunLock(directory) }
            let process = ProcessInfo.processInfo.processIdentifier
            #expect(error?.code == .cannotCreate)
            #expect(
                error?.message
                    == "\(path) is in use by the process \(process) on \(ProcessInfo.processInfo.hostName)."
            )
            lock.release()
            #expect(try LocalFileSystem().list(directory) == [])
            try RunLock(directory).release()
        }
    }

    @Test func theLastReferenceReleasesIt() throws {
        try withTemporaryDirectory { path in
            try createDirectory(URL(fileURLWithPath: path))
            let directory = URL(fileURLWithPath: path)
            do { _ = try RunLock(directory) }
            try RunLock(directory).release()
        }
    }

    @Test func theNoteOfADeadHolderIsNoLock() throws {
        try withTemporaryDirectory { path in
            try createDirectory(URL(fileURLWithPath: path))
            let note = #"{"pid": 1, "host": "elsewhere"}"#
            try Data(note.utf8).write(to: URL(fileURLWithPath: path + "/.run.lock"))
            try RunLock(URL(fileURLWithPath: path)).release()
        }
    }

    @Test func aLinkIsNotFollowed() throws {
        try withTemporaryDirectory { path in
            try createDirectory(URL(fileURLWithPath: path))
            try FileManager.default.createSymbolicLink(
                atPath: path + "/.run.lock", withDestinationPath: path + "/elsewhere")
            #expect(throws: TuneError.self) { try RunLock(URL(fileURLWithPath: path)) }
            #expect(!FileManager.default.fileExists(atPath: path + "/elsewhere"))
        }
    }
}
