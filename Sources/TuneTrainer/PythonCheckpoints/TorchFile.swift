package import Foundation
import TuneBase
package import TuneTorch

/// A file that Python wrote by `torch.save`, read without executing anything.
///
/// The file is a zip archive: the pickle `data.pkl` with the structure, and the bytes of each
/// storage. Both are read by the readers of this folder, which know only what such states consist
/// of; everything else in a file, code above all, is an error.
package final class TorchFile {
    /// The path, for messages.
    package let path: String
    /// What was saved.
    package let root: PickleValue

    private let file: MappedFile
    private let archive: ZipArchive
    private var verified: Set<String> = []

    /// Opens a file and reads its structure; tensors stay in the file.
    ///
    /// - Throws: `TuneError` that names the file and what cannot be accepted in it.
    package init(contentsOf url: URL) throws {
        path = url.path
        file = try MappedFile(path: url.path)
        (archive, root) = try withExtendedLifetime(file) { [file] in
            try explainingFlaws(url.path) {
                let archive = try ZipArchive(file.bytes)
                try checkByteOrder(archive, file.bytes)
                guard let entry = archive["data.pkl"] else {
                    throw PythonFileFlaw("it has no data.pkl: torch.save did not write it")
                }
                let bytes = try entry.bytes(in: file.bytes, name: "data.pkl")
                return (archive, try PickleReader.value(of: Array(bytes)))
            }
        }
    }

    /// The elements of a tensor in the file, without a copy unless they are not in row-major order
    /// or not aligned.
    ///
    /// - Throws: `TuneError` when the storage is damaged or has another size than it claims.
    package func tensor(_ view: TorchTensor) throws -> Tensor {
        try explainingFlaws(path) {
            let start = try elements(view.storage).lowerBound
            let axes = view.count == 0 ? Array(view.shape.indices) : view.axesInMemory ?? []
            let size = view.dtype.byteSize
            let stored = try catchingTorchErrors {
                try file.tensor(
                    at: start + view.offset * size, bytes: view.count * size,
                    shape: axes.map { view.shape[$0] }, dtype: view.dtype)
            }
            return axes == Array(axes.indices)
                ? stored
                : stored.permute(axes.indices.map { axis in axes.firstIndex(of: axis) ?? axis })
        }
    }

    /// Where the elements of a storage are, after its checksum was compared.
    private func elements(_ storage: TorchStorage) throws -> Range<Int> {
        let name = "data/\(storage.key)"
        guard let entry = archive[name] else {
            throw PythonFileFlaw("the storage '\(storage.key)' is not in it")
        }
        let (needed, overflow) = storage.count.multipliedReportingOverflow(
            by: storage.dtype.byteSize)
        guard !overflow, needed == entry.range.count else {
            throw PythonFileFlaw(
                "the storage '\(storage.key)' has \(entry.range.count) bytes, not \(storage.count) elements"
            )
        }
        if verified.insert(name).inserted {
            try file.checkLength()
            _ = try entry.bytes(in: file.bytes, name: name)
        }
        return entry.range
    }
}

extension ZipArchive.Entry {
    /// The bytes, after their checksum was compared.
    fileprivate func bytes(
        in file: UnsafeRawBufferPointer, name: String
    ) throws -> UnsafeRawBufferPointer {
        let bytes = UnsafeRawBufferPointer(rebasing: file[range])
        guard crc32(bytes) == checksum else {
            throw PythonFileFlaw("the checksum of its entry '\(name)' is wrong: it is damaged")
        }
        return bytes
    }
}

private func checkByteOrder(_ archive: ZipArchive, _ file: UnsafeRawBufferPointer) throws {
    guard let entry = archive["byteorder"] else { return }
    guard try entry.bytes(in: file, name: "byteorder").elementsEqual("little".utf8) else {
        throw PythonFileFlaw("it was written on a computer with another order of bytes")
    }
}

/// Gives flaws the name of the file, and what to do.
func explainingFlaws<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
    do {
        return try body()
    } catch let flaw as PythonFileFlaw {
        throw TuneError(
            .badData, "\(path) cannot be converted: \(flaw.reason).",
            remedy: "Use the file as the Python Trainer wrote it.", cause: flaw)
    } catch let error as TorchError {
        throw TuneError(
            .io, "\(path) cannot be read: \(error.message).",
            remedy: "Copy the file again.", cause: error)
    }
}
