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
}
