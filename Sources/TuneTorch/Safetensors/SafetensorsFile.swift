public import Foundation
import TuneBase

/// A safetensors file, mapped into memory.
///
/// The header is checked completely when the file is opened: its size, its text, that no name
/// appears twice, and that the tensors cover the file without holes or overlaps. Names are never
/// used as paths.
public final class SafetensorsFile {
    /// The path, for messages.
    public let path: String
    /// The free-form entries of the header; Hugging Face writes `format`.
    public var metadata: [String: String] { header.metadata }
    /// The names of the tensors in the order of their bytes.
    public var names: [String] { header.tensors.map(\.name) }

    private let header: SafetensorsHeader
    private let positions: [[UInt8]: Int]
    private let mapping: MappedFile

    /// Opens a file and checks its header.
    ///
    /// - Throws: `TuneError` that names the file and what is wrong with it.
    public init(contentsOf file: URL) throws {
        path = file.path
        mapping = try MappedFile(path: file.path)
        header = try SafetensorsHeader(mapping.bytes, path: file.path)
        positions = header.tensors.enumerated().reduce(into: [:]) { result, entry in
            result[Array(entry.element.name.utf8)] = entry.offset
        }
    }

    /// The type, shape and place of a tensor; nil when the file does not have it.
    public func info(_ name: String) -> SafetensorsInfo? {
        positions[Array(name.utf8)].map { header.tensors[$0].info }
    }

    /// Gives back the memory of a tensor that was copied.
    ///
    /// Whoever holds a ``tensor(_:)`` of this name may find elements as they are in the file.
    package func discard(_ name: String) {
        guard let range = info(name)?.range else { return }
        mapping.discard(at: header.dataStart + range.lowerBound, bytes: range.count)
    }

    /// A tensor of the file, on the CPU.
    ///
    /// Its memory is that of the file: pages are read when they are touched, and changing the
    /// elements changes neither the file nor other tensors. It stays valid without this object.
    ///
    /// - Throws: `TuneError` when the file has no such tensor, when its type is one that tensors
    ///   cannot have, and when the file was cut short after it was opened.
    public func tensor(_ name: String) throws -> Tensor {
        guard let info = info(name) else {
            let nearest = nearestName(to: name, in: names).map { "Did you mean '\($0)'?" }
            throw TuneError(.badData, "\(path) has no tensor '\(name)'.", remedy: nearest)
        }
        guard let dtype = info.dtype else {
            throw TuneError(
                .badData, "Tensor '\(name)' of \(path) has the type \(info.dtypeName).",
                remedy: "Convert the file to F32, F16 or BF16 first.")
        }
        do {
            return try mapping.tensor(
                at: header.dataStart + info.range.lowerBound, bytes: info.range.count,
                shape: info.shape, dtype: dtype)
        } catch {
            throw TuneError(
                .io, "Tensor '\(name)' of \(path) cannot be read: \(error.localizedDescription)",
                remedy: "Restore the file or download it again.", cause: error)
        }
    }
}
