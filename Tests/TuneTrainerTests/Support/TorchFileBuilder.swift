import Foundation
import TuneTrainer

/// The instructions of a pickle, put together by hand.
enum Pickle {
    static let mark: [UInt8] = [0x28]
    static let tuple: [UInt8] = [0x74]
    static let emptyTuple: [UInt8] = [0x29]
    static let emptyList: [UInt8] = [0x5D]
    static let emptyDict: [UInt8] = [0x7D]
    static let append: [UInt8] = [0x61]
    static let appends: [UInt8] = [0x65]
    static let setItem: [UInt8] = [0x73]
    static let setItems: [UInt8] = [0x75]
    static let reduce: [UInt8] = [0x52]
    static let build: [UInt8] = [0x62]
    static let persistent: [UInt8] = [0x51]
    static let falsehood: [UInt8] = [0x89]
    static let stop: [UInt8] = [0x2E]

    static func text(_ text: String) -> [UInt8] {
        [0x58] + number(UInt32(text.utf8.count)) + text.utf8
    }

    static func int(_ value: Int32) -> [UInt8] { [0x4A] + number(UInt32(bitPattern: value)) }

    static func put(_ index: UInt8) -> [UInt8] { [0x71, index] }

    static func get(_ index: UInt8) -> [UInt8] { [0x68, index] }

    static func global(_ module: String, _ name: String) -> [UInt8] {
        Array("c\(module)\n\(name)\n".utf8)
    }

    static func tuple(_ items: [[UInt8]]) -> [UInt8] { mark + items.joined() + tuple }

    static func sizes(_ sizes: [Int32]) -> [UInt8] { tuple(sizes.map(int)) }

    static func call(_ callee: [UInt8], _ arguments: [[UInt8]]) -> [UInt8] {
        callee + tuple(arguments) + reduce
    }

    static func storage(_ count: Int32, key: String = "0") -> [UInt8] {
        tuple([
            text("storage"), global("torch", "FloatStorage"), text(key), text("cpu"), int(count),
        ]) + persistent
    }

    static func tensor(
        count: Int32, offset: Int32 = 0, shape: [Int32], strides: [Int32], key: String = "0"
    ) -> [UInt8] {
        call(
            global("torch._utils", "_rebuild_tensor_v2"),
            [
                storage(count, key: key), int(offset), sizes(shape), sizes(strides), falsehood,
                call(global("collections", "OrderedDict"), []),
            ])
    }

    /// A whole pickle of a value.
    static func file(_ value: [UInt8]) -> [UInt8] { [0x80, 2] + value + stop }

    static func number<Number: FixedWidthInteger>(_ value: Number) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }
}

/// An entry of a zip file, with lies where asked for.
struct ZipEntry {
    var name: String
    var bytes: [UInt8]
    var method: UInt16 = 0
    var flags: UInt16 = 0x0800
    var checksum: UInt32?
    var size: UInt32?
    var start: UInt32?
    var localName: String?
}

/// A zip file of entries.
func zipFile(_ entries: [ZipEntry], count: UInt16? = nil, comment: String = "") -> Data {
    var (body, list) = ([UInt8](), [UInt8]())
    for entry in entries {
        let (start, size) = (UInt32(body.count), entry.size ?? UInt32(entry.bytes.count))
        let facts =
            Pickle.number(entry.flags) + Pickle.number(entry.method) + Pickle.number(UInt32(0))
            + Pickle.number(entry.checksum ?? slowChecksum(entry.bytes)) + Pickle.number(size)
            + Pickle.number(size)
        let localName = Array((entry.localName ?? entry.name).utf8)
        body += Pickle.number(UInt32(0x0403_4B50)) + [20, 0] + facts
        body += Pickle.number(UInt16(localName.count)) + [0, 0] + localName + entry.bytes
        let name = Array(entry.name.utf8)
        list += Pickle.number(UInt32(0x0201_4B50)) + [20, 0, 20, 0] + facts
        list += Pickle.number(UInt16(name.count)) + [UInt8](repeating: 0, count: 12)
        list += Pickle.number(entry.start ?? start) + name
    }
    let number = Pickle.number(count ?? UInt16(entries.count))
    let end =
        Pickle.number(UInt32(0x0605_4B50)) + [0, 0, 0, 0] + number + number
        + Pickle.number(UInt32(list.count)) + Pickle.number(UInt32(body.count))
        + Pickle.number(UInt16(comment.utf8.count)) + comment.utf8
    return Data(body + list + end)
}

/// A file as `torch.save` lays it out.
func torchFile(_ pickle: [UInt8], storage: [UInt8] = []) -> Data {
    zipFile([
        ZipEntry(name: "state/data.pkl", bytes: pickle),
        ZipEntry(name: "state/byteorder", bytes: Array("little".utf8)),
        ZipEntry(name: "state/data/0", bytes: storage),
    ])
}

/// The checksum of zip files, bit by bit.
private func slowChecksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { crc, byte in
        (0..<8).reduce(crc ^ UInt32(byte)) { crc, _ in
            crc >> 1 ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0)
        }
    }
}

/// Opens bytes as a file of Python.
func openTorchFile(_ content: Data, in directory: String) throws -> TorchFile {
    let file = URL(fileURLWithPath: directory).appendingPathComponent("state.pt")
    try FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: true)
    try content.write(to: file)
    return try TorchFile(contentsOf: file)
}
