import Foundation
import Testing
import TuneBase
import TuneTorch
import TuneTrainer

/// Zip files that lie about their entries, and files that were cut short.
@Suite struct HostileArchiveTests {
    private let pickle = Pickle.file(Pickle.emptyDict)
    private var entry: ZipEntry { ZipEntry(name: "state/data.pkl", bytes: pickle) }

    private func expectRefusal(_ name: String, _ content: Data) throws {
        try withTemporaryDirectory { directory in
            let error = #expect(throws: TuneError.self, "\(name)") {
                _ = try openTorchFile(content, in: directory)
            }
            #expect(error?.code == .badData, "\(name)")
            let names = try FileManager.default.contentsOfDirectory(atPath: directory)
            #expect(names == ["state.pt"], "\(name)")
        }
    }

    /// The entry with one thing changed.
    private func changed(_ change: (inout ZipEntry) -> Void) -> ZipEntry {
        var entry = entry
        change(&entry)
        return entry
    }

    @Test func aPlainFileIsRead() throws {
        try withTemporaryDirectory { directory in
            _ = try openTorchFile(zipFile([entry]), in: directory)
        }
    }

    @Test func liesAboutAnEntryAreRefused() throws {
        let lies: [(String, ZipEntry)] = [
            ("deflate", changed { $0.method = 8 }),
            ("bomb", changed { ($0.method, $0.size) = (8, 4_000_000_000) }),
            ("encrypted", changed { $0.flags = 0x0801 }), ("checksum", changed { $0.checksum = 1 }),
            ("too long", changed { $0.size = UInt32(pickle.count + 200) }),
            ("huge", changed { $0.size = .max - 1 }), ("no size", changed { $0.size = .max }),
            ("too short", changed { $0.size = 1 }), ("elsewhere", changed { $0.start = 7 }),
            ("beyond", changed { $0.start = .max - 1 }),
            ("other name", changed { $0.localName = "state/date.pkl" }),
            ("not there", changed { $0.name = "state/other.pkl" }),
        ]
        for (name, entry) in lies { try expectRefusal(name, zipFile([entry])) }
    }

    @Test func namesThatLeadElsewhereAreRefused() throws {
        let names = [
            "../data.pkl", "state/../../etc/passwd", "/etc/passwd", "state//x", "state/./x",
            "state\\..\\x", "C:/x", "state/x\u{0}y", "state/\u{1B}[2J", "state/", "", "..",
            "other/data", String(repeating: "a/", count: 200) + "x",
        ]
        for name in names {
            try expectRefusal(name, zipFile([entry, ZipEntry(name: name, bytes: [1])]))
        }
    }

    @Test func liesAboutTheListAreRefused() throws {
        let second = ZipEntry(name: "state/second", bytes: [1, 2, 3])
        let overlapping = ZipEntry(name: "state/third", bytes: [1], start: 0)
        try expectRefusal("doubled", zipFile([entry, entry]))
        try expectRefusal("overlap", zipFile([entry, second, overlapping]))
        try expectRefusal("too many", zipFile([entry, second], count: 3))
        try expectRefusal("too few", zipFile([entry, second], count: 1))
        try expectRefusal("a million", zipFile([entry], count: .max - 1))
        try expectRefusal("comment", zipFile([entry], comment: "hello"))
        try expectRefusal("none", zipFile([]))
        try expectRefusal("nothing", Data())
        try expectRefusal("tail", zipFile([entry]) + Data([0]))
        try expectRefusal(
            "other byte order",
            zipFile([
                entry, ZipEntry(name: "state/byteorder", bytes: Array("big".utf8)),
            ]))
    }

    @Test func storagesOfAnotherSizeAreRefused() throws {
        try withTemporaryDirectory { directory in
            let value = Pickle.file(Pickle.tensor(count: 4, shape: [4], strides: [1]))
            for size in [0, 15, 17, 16_000] {
                let content = torchFile(value, storage: [UInt8](repeating: 0, count: size))
                let file = try openTorchFile(content, in: directory)
                #expect(throws: TuneError.self) { _ = try tensor(file) }
            }
            let missing = Pickle.file(
                Pickle.tensor(count: 4, shape: [4], strides: [1], key: "../../etc/passwd"))
            let file = try openTorchFile(torchFile(missing), in: directory)
            #expect(throws: TuneError.self) { _ = try tensor(file) }
        }
    }

    @Test func transposedTensorsAreRead() throws {
        try withTemporaryDirectory { directory in
            let value = Pickle.file(
                Pickle.tensor(count: 8, offset: 2, shape: [2, 3], strides: [1, 2]))
            let numbers = (0..<8).flatMap { Pickle.number(Float($0).bitPattern) }
            let file = try openTorchFile(torchFile(value, storage: numbers), in: directory)
            #expect(try tensor(file).floats() == [2, 4, 6, 3, 5, 7])
        }
    }

    private func tensor(_ file: TorchFile) throws -> Tensor {
        guard case .tensor(let view) = file.root else { throw TuneError(.failed, "no tensor") }
        return try file.tensor(view)
    }

    /// Files of Python, cut at many places, are refused; with a byte changed they are refused or
    /// give what they gave before.
    @Test(arguments: ["optimizer.pt", "scheduler.pt", "rng_state.pth"])
    func damagedFilesAreRefused(name: String) throws {
        let file = fixtureDirectory("adamw/checkpoint-6").appendingPathComponent(name)
        let content = try Data(contentsOf: file)
        try withTemporaryDirectory { directory in
            _ = try openTorchFile(content, in: directory)
            let cuts = stride(from: 0, to: content.count, by: 61)
            for length in Array(cuts) + Array(max(0, content.count - 150)..<content.count) {
                #expect(throws: TuneError.self, "\(length)") {
                    _ = try openTorchFile(content.prefix(length), in: directory)
                }
            }
            for position in stride(from: 0, to: content.count, by: 89) {
                var changed = content
                changed[position] ^= 0x41
                do { _ = try openTorchFile(changed, in: directory) } catch is TuneError {}
            }
        }
    }
}
