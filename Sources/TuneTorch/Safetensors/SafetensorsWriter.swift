public import Foundation
import TuneBase

/// Writes tensors to a safetensors file, byte for byte as the format's reference library does.
///
/// Tensors are ordered by type (those with larger elements first), then by name. The bytes go to
/// a temporary file that is renamed at the end, one tensor at a time.
///
/// - Parameters:
///   - tensors: Names and values, on any device; no name twice.
///   - metadata: Free-form entries of the header; Hugging Face expects `format`.
///   - file: Where to write.
/// - Throws: `TuneError` for names that appear twice and when the file cannot be written.
public func writeSafetensors(
    _ tensors: [(String, Tensor)], metadata: [String: String] = ["format": "pt"], to file: URL
) throws {
    try checkNames(tensors.map(\.0), file)
    let entries = tensors.map { SafetensorsEntry(name: $0.0, tensor: $0.1) }.sorted()
    let header = safetensorsHeader(entries, metadata: metadata)
    guard header.count - 8 <= SafetensorsHeader.maximumSize else {
        throw TuneError(.badData, "The names of \(entries.count) tensors make the header too long.")
    }
    try writeFileAtomically(file) { handle in
        try handle.write(contentsOf: header)
        for entry in entries {
            try catchingTorchErrors { try entry.tensor.withUnsafeBytes { try handle.write($0) } }
        }
    }
}

/// A tensor with what decides its place in the file.
private struct SafetensorsEntry: Comparable {
    let name: String
    let tensor: Tensor
    let dtype: DType

    init(name: String, tensor: Tensor) {
        self.name = name
        self.tensor = tensor
        dtype = tensor.dtype
    }

    var byteCount: Int { tensor.count * dtype.byteSize }

    static func < (a: Self, b: Self) -> Bool {
        guard a.dtype == b.dtype else { return a.dtype.safetensorsRank < b.dtype.safetensorsRank }
        return a.name.utf8.lexicographicallyPrecedes(b.name.utf8)
    }

    static func == (a: Self, b: Self) -> Bool {
        a.dtype == b.dtype && a.name.utf8.elementsEqual(b.name.utf8)
    }
}

private func checkNames(_ names: [String], _ file: URL) throws {
    var seen: Set<[UInt8]> = [Array("__metadata__".utf8)]
    for name in names {
        guard seen.insert(Array(name.utf8)).inserted else {
            throw TuneError(
                .badData, "\(file.lastPathComponent) cannot hold two tensors called '\(name)'.",
                remedy: "Give each tensor its own name.")
        }
    }
}

/// The header's length in eight bytes and its text, padded with spaces to a multiple of eight.
private func safetensorsHeader(
    _ entries: [SafetensorsEntry], metadata: [String: String]
) -> Data {
    var members: [String] = []
    if !metadata.isEmpty {
        let pairs = metadata.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        let text = pairs.map { "\(quoted($0.key)):\(quoted($0.value))" }.joined(separator: ",")
        members.append("\"__metadata__\":{\(text)}")
    }
    var offset = 0
    for entry in entries {
        let end = offset + entry.byteCount
        let shape = entry.tensor.shape.map(String.init).joined(separator: ",")
        members.append(
            "\(quoted(entry.name)):{\"dtype\":\"\(entry.dtype.safetensorsName)\","
                + "\"shape\":[\(shape)],\"data_offsets\":[\(offset),\(end)]}")
        offset = end
    }
    var text = Data("{\(members.joined(separator: ","))}".utf8)
    text.append(contentsOf: Array(repeating: UInt8(ascii: " "), count: (8 - text.count % 8) % 8))
    return withUnsafeBytes(of: UInt64(text.count).littleEndian) { Data($0) } + text
}

private func quoted(_ text: String) -> String {
    JSONValue.string(text).serialized(escapingNonASCII: false)
}
