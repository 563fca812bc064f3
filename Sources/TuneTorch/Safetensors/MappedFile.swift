import CTuneTorch
import Foundation
import TuneBase

/// A file in memory, from which tensors are made without copying it.
package final class MappedFile {
    private let raw: OpaquePointer

    /// Maps a file.
    ///
    /// - Throws: `TuneError` when it is missing or cannot be read.
    package init(path: String) throws {
        var result: OpaquePointer?
        do {
            try check("open", tt_mapping_open(path, &result))
        } catch let error as TorchError {
            guard FileManager.default.fileExists(atPath: path) else {
                throw TuneError(
                    .missingInput, "The file \(path) does not exist.", remedy: "Check the path.")
            }
            throw TuneError(
                .io, "The file \(path) cannot be read: \(error.message).",
                remedy: "Check its permissions.", cause: error)
        }
        guard let result else { throw TuneError(.io, "The file \(path) cannot be mapped.") }
        raw = result
    }

    deinit { tt_mapping_free(raw) }

    /// The bytes of the file; valid while this object lives.
    package var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: tt_mapping_bytes(raw), count: tt_mapping_size(raw))
    }

    /// Refuses a file that has become shorter, whose bytes cannot be touched any more.
    package func checkLength() throws { try check("read", tt_mapping_check(raw)) }

    /// A tensor whose memory is that of the file, which stays mapped with it; a copy where the
    /// elements are not aligned.
    ///
    /// - Throws: ``TorchError`` when the bytes do not lie in the file or it has become shorter.
    package func tensor(at offset: Int, bytes: Int, shape: [Int], dtype: DType) throws -> Tensor {
        var result: OpaquePointer?
        try check(
            "tensor",
            tt_mapping_tensor(
                raw, offset, bytes, shape, Int32(shape.count), dtype.rawValue, &result))
        return Tensor(owning: result ?? tt_undefined())
    }

    /// Gives back the memory of bytes that are not needed any more.
    ///
    /// They are read anew if they are touched nevertheless; changes of elements may be lost.
    package func discard(at offset: Int, bytes: Int) { tt_mapping_discard(raw, offset, bytes) }
}
