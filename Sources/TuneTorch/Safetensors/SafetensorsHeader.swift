import Foundation
import TuneBase

/// What a safetensors header says about one tensor.
public struct SafetensorsInfo: Sendable, Equatable {
    /// The name of the element type as the header writes it (`F32`, `F8_E4M3`).
    public let dtypeName: String
    /// The element type; nil when tensors cannot have it.
    public let dtype: DType?
    /// The size of each axis.
    public let shape: [Int]
    /// The place of the elements, counted from the end of the header.
    public let range: Range<Int>

    /// The number of elements.
    public var count: Int { shape.reduce(1, *) }
}

/// The header of a safetensors file, checked against the size of the file.
struct SafetensorsHeader {
    static let maximumSize = 100_000_000
    static let maximumTensors = 1_000_000

    /// The tensors in the order of their bytes.
    private(set) var tensors: [(name: String, info: SafetensorsInfo)] = []
    private(set) var metadata: [String: String] = [:]
    /// Where the bytes of the tensors begin in the file.
    let dataStart: Int

    private let path: String

    /// Reads the header of a file that lies in memory.
    init(_ file: UnsafeRawBufferPointer, path: String) throws {
        self.path = path
        let size = try Self.headerSize(file, path: path)
        dataStart = 8 + size
        let text = UnsafeRawBufferPointer(rebasing: file[8..<dataStart])
        guard text.first == UInt8(ascii: "{") else {
            throw invalid(path, "its header does not begin with '{'")
        }
        guard memberCount(text, stoppingAt: Self.maximumTensors + 1) <= Self.maximumTensors + 1
        else { throw invalid(path, "it lists more than \(Self.maximumTensors) tensors") }
        try read(Self.parse(text, path: path))
        try checkCoverage(of: file.count - dataStart)
    }

    private static func headerSize(_ file: UnsafeRawBufferPointer, path: String) throws -> Int {
        guard file.count >= 8 else {
            throw invalid(path, "it has \(file.count) bytes where the header's length takes 8")
        }
        let size = UInt64(littleEndian: file.loadUnaligned(as: UInt64.self))
        guard size <= UInt64(maximumSize) else {
            throw invalid(path, "its header claims \(size) bytes; \(maximumSize) are allowed")
        }
        guard size <= UInt64(file.count - 8) else {
            throw invalid(
                path, "its header claims \(size) bytes where the file has \(file.count - 8) more")
        }
        return Int(size)
    }

    private static func parse(
        _ text: UnsafeRawBufferPointer, path: String
    ) throws -> JSONObject {
        guard let start = text.baseAddress.map(UnsafeMutableRawPointer.init(mutating:)) else {
            throw invalid(path, "its header is empty")
        }
        let data = Data(bytesNoCopy: start, count: text.count, deallocator: .none)
        do {
            let header = try JSONValue(parsing: data, source: "the header")
            return try JSONFields(header, source: "the header").object
        } catch let error as TuneError {
            throw invalid(path, error.message, cause: error)
        }
    }

    private mutating func read(_ header: JSONObject) throws {
        for (name, value) in header.members {
            if name.utf8.elementsEqual("__metadata__".utf8) {
                metadata = try readMetadata(value)
            } else {
                tensors.append((name, try readInfo(value, of: name)))
            }
        }
    }

    private func readMetadata(_ value: JSONValue) throws -> [String: String] {
        guard let members = value.object?.members else {
            throw invalid(path, "its metadata is \(value.kind), not an object")
        }
        return try members.reduce(into: [:]) { result, member in
            guard let text = member.value.string else {
                throw invalid(path, "its metadata '\(member.key)' is \(member.value.kind)")
            }
            result[member.key] = text
        }
    }

    private func readInfo(_ value: JSONValue, of name: String) throws -> SafetensorsInfo {
        guard let entry = value.object else {
            throw invalid(path, "the entry of tensor '\(name)' is \(value.kind), not an object")
        }
        guard let typeName = entry["dtype"]?.string, let bits = safetensorsBits(typeName) else {
            let said = entry["dtype"]?.string.map { "the unknown type '\($0)'" } ?? "no type"
            throw invalid(path, "tensor '\(name)' has \(said)")
        }
        let shape = try sizes(entry["shape"], "shape", of: name)
        let offsets = try sizes(entry["data_offsets"], "data_offsets", of: name)
        guard offsets.count == 2, offsets[0] <= offsets[1] else {
            throw invalid(path, "the data_offsets of tensor '\(name)' are \(offsets)")
        }
        let range = offsets[0]..<offsets[1]
        try checkSize(of: name, shape: shape, bits: bits, bytes: range.count)
        return SafetensorsInfo(
            dtypeName: typeName, dtype: DType(safetensorsName: typeName), shape: shape,
            range: range)
    }

    /// A list of integers that are not negative; nothing else counts as one.
    private func sizes(_ value: JSONValue?, _ key: String, of name: String) throws -> [Int] {
        guard let elements = value?.array else {
            throw invalid(path, "tensor '\(name)' has no list '\(key)'")
        }
        return try elements.map { element in
            guard case .int(let size) = element, size >= 0 else {
                throw invalid(path, "'\(key)' of tensor '\(name)' holds something else than sizes")
            }
            return size
        }
    }

    private func checkSize(of name: String, shape: [Int], bits: Int, bytes: Int) throws {
        var total = bits
        for size in shape {
            let (product, overflow) = total.multipliedReportingOverflow(by: size)
            guard !overflow else {
                throw invalid(path, "the shape \(shape) of tensor '\(name)' is too large")
            }
            total = product
        }
        guard total % 8 == 0, total / 8 == bytes else {
            throw invalid(
                path,
                "tensor '\(name)' of shape \(shape) has \(bytes) bytes, \(total / 8) are needed")
        }
    }

    /// The tensors must cover the rest of the file, each byte once.
    private mutating func checkCoverage(of size: Int) throws {
        tensors.sort {
            ($0.info.range.lowerBound, $0.info.range.upperBound)
                < ($1.info.range.lowerBound, $1.info.range.upperBound)
        }
        var end = 0
        for (name, info) in tensors {
            guard info.range.lowerBound == end else {
                let problem = info.range.lowerBound < end ? "overlaps another" : "leaves a hole"
                throw invalid(path, "tensor '\(name)' \(problem) at byte \(info.range.lowerBound)")
            }
            end = info.range.upperBound
        }
        guard end == size else {
            throw invalid(path, "its tensors have \(end) bytes where the file holds \(size)")
        }
    }
}

private func invalid(_ path: String, _ problem: String, cause: (any Error)? = nil) -> TuneError {
    TuneError(
        .badData, "\(path) is not a valid safetensors file: \(problem).",
        remedy: "Restore the file or download it again.", cause: cause)
}

/// The number of members of the outermost object, counted without parsing up to `limit`.
///
/// So a header made to exhaust memory is refused before it is parsed.
private func memberCount(_ text: UnsafeRawBufferPointer, stoppingAt limit: Int) -> Int {
    var (count, depth, isInString, isEscaped) = (0, 0, false, false)
    for byte in text where count <= limit {
        if isInString {
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isInString = false
            }
            continue
        }
        switch byte {
        case UInt8(ascii: "\""): isInString = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
        case UInt8(ascii: ":"): count += depth == 1 ? 1 : 0
        default: break
        }
    }
    return count
}
