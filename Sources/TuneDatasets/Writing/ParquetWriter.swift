import CTuneArrow
import Foundation
import TuneBase

extension Dataset {
    /// Writes the rows to a Parquet file that `datasets` and this package read back with the same
    /// features.
    ///
    /// The file appears complete or not at all; parent directories are created.
    ///
    /// - Throws: `TuneError` when the file cannot be written.
    public func toParquet(_ path: String) throws {
        let file = URL(fileURLWithPath: path)
        let columns = try columnNames.map { try materialized($0) }
        try writeFileAtomically(file) { handle in
            // Arrow writes a file of its own, whose bytes then go through the atomic one.
            let scratch = FileManager.default.temporaryDirectory.appendingPathComponent(
                "\(UUID().uuidString).parquet")
            defer { try? FileManager.default.removeItem(at: scratch) }
            try write(columns, to: scratch.path)
            let source = try FileHandle(forReadingFrom: scratch)
            while let piece = try source.read(upToCount: 1 << 20), !piece.isEmpty {
                try handle.write(contentsOf: piece)
            }
        }
    }

    private func write(_ columns: [ArrowColumn], to path: String) throws {
        let handles: [OpaquePointer?] = columns.map(\.handle)
        let metadata = features.metadata(fingerprint: fingerprint)
        try withExtendedLifetime(columns) {
            try explainingArrow("Parquet data cannot be written", code: .io) {
                try withCStrings(columnNames) { names in
                    try checkArrow(
                        ta_write_parquet(path, names, handles, handles.count, metadata))
                }
            }
        }
    }
}
