import Foundation
import Testing
import TuneBase

@Suite struct FilesTests {
    private let directory = FileManager.default.temporaryDirectory
        .appendingPathComponent("finetune-files-\(UUID().uuidString)")

    @Test func writingReplacesTheWholeFile() throws {
        let file = directory.appendingPathComponent("nested/a.txt")
        try writeFileAtomically(file, "first")
        try writeFileAtomically(file, "second")
        #expect(String(decoding: try readFile(file), as: UTF8.self) == "second")
        let left = try FileManager.default.contentsOfDirectory(
            atPath: file.deletingLastPathComponent().path)
        #expect(left == ["a.txt"])
    }

    @Test func failedWritingKeepsTheOldFile() throws {
        struct Broken: Error {}
        let file = directory.appendingPathComponent("b.txt")
        try writeFileAtomically(file, "old")
        #expect(throws: TuneError.self) {
            try writeFileAtomically(file) { handle in
                try handle.write(contentsOf: Data("half".utf8))
                throw Broken()
            }
        }
        #expect(String(decoding: try readFile(file), as: UTF8.self) == "old")
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["b.txt"])
    }

    @Test func missingFilesAreNamed() {
        #expect {
            _ = try readFile(URL(fileURLWithPath: "/nowhere/x"))
        } throws: {
            "\($0)".contains("/nowhere/x does not exist")
        }
    }

    @Test func directoriesThatCannotBeMadeAreNamed() throws {
        let file = directory.appendingPathComponent("plain")
        try writeFileAtomically(file, "x")
        #expect {
            try createDirectory(file.appendingPathComponent("below"))
        } throws: {
            ($0 as? TuneError)?.code == .cannotCreate
        }
    }

    @Test func largeFilesAreWrittenInParts() throws {
        let (fileSystem, file) = (LocalFileSystem(), directory.appendingPathComponent("c.bin"))
        try fileSystem.createDirectories(directory)
        let parts = (0..<3).map { part in
            Data((0..<(5 << 20)).map { UInt8(truncatingIfNeeded: $0 / 3 + part) })
        }
        let target = try fileSystem.createFile(file)
        try target.write(contentsOf: parts[0])
        try target.write(contentsOf: parts[1])
        try target.write(contentsOf: parts[2])
        try fileSystem.sync([target], directories: [directory])
        try target.close()
        #expect(try fileSystem.read(file) == parts.reduce(Data(), +))
    }

    @Test func errorsOfSyncingSeveralFilesAreThrown() throws {
        let fileSystem = LocalFileSystem()
        try fileSystem.createDirectories(directory)
        let files = try (0..<4).map {
            try fileSystem.createFile(directory.appendingPathComponent("\($0)"))
        }
        try files[2].close()
        #expect(throws: FileError.self) { try fileSystem.sync(files, directories: []) }
        let missing = directory.appendingPathComponent("missing")
        #expect(throws: FileError.self) { try fileSystem.sync([], directories: [missing]) }
    }
}
