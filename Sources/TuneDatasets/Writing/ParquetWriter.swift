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
        let columns = try columnNames.map { try materialized($0) }
        let handles: [OpaquePointer?] = columns.map(\.handle)
        let metadata = features.metadata(fingerprint: fingerprint)
        try writeFileAtomically(URL(fileURLWithPath: path)) { file in
            guard let descriptor = file.descriptor else {
                throw TuneError(
                    .io, "Parquet files can only be written to the local file system.")
            }
            try withExtendedLifetime(columns) {
                try explainingArrow("Parquet data cannot be written", code: .io) {
                    try withCStrings(columnNames) { names in
                        try checkArrow(
                            ta_write_parquet(
                                descriptor, names, handles, handles.count, metadata))
                    }
                }
            }
        }
    }
}
