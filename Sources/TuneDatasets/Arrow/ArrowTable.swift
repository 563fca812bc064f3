import CTuneArrow
import Foundation
import TuneBase

/// Columns as a file reader returns them, before features are known.
struct ArrowTable {
    var names: [String]
    var columns: [ArrowColumn]
    var rowCount: Int
    /// The JSON text that `datasets` and this package leave in a Parquet schema.
    var metadata: String?

    private init(owning handle: OpaquePointer) throws {
        defer { ta_table_free(handle) }
        rowCount = ta_table_row_count(handle)
        let indices = 0..<ta_table_column_count(handle)
        names = indices.map { String(cString: ta_table_name(handle, $0)) }
        columns = try indices.map { index in
            try ArrowColumn(owning: madeByArrow { ta_table_column(handle, index, &$0) })
        }
        metadata = ta_table_metadata(handle, "huggingface").map { String(cString: $0) }
    }

    init(parquet path: String) throws {
        try self.init(owning: madeByArrow { ta_read_parquet(path, &$0) })
    }

    init(jsonLines data: Data) throws {
        try self.init(
            owning: data.withUnsafeBytes { bytes in
                try madeByArrow {
                    ta_read_json(
                        bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count, &$0)
                }
            })
    }

    init(csv data: Data, _ options: CSVOptions, textColumns: [String]) throws {
        let handle = try withCStrings(textColumns) { textColumns in
            try withCStrings(options.columnNames ?? []) { names in
                try names.withUnsafeBufferPointer { names in
                    try textColumns.withUnsafeBufferPointer { textColumns in
                        var raw = ta_csv_options()
                        raw.delimiter = options.delimiter
                        raw.quote = options.quote
                        raw.names = options.columnNames == nil ? nil : names.baseAddress
                        raw.name_count = names.count
                        raw.text_columns = textColumns.baseAddress
                        raw.text_column_count = textColumns.count
                        return try data.withUnsafeBytes { bytes in
                            try madeByArrow {
                                ta_read_csv(
                                    bytes.baseAddress?.assumingMemoryBound(to: UInt8.self),
                                    bytes.count, &raw, &$0)
                            }
                        }
                    }
                }
            }
        }
        try self.init(owning: handle)
    }
}
