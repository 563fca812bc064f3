import Foundation
import TuneBase

/// Reads a Parquet file; features come from the schema's metadata where it has any.
func loadParquet(_ file: String) throws -> LoadedTable {
    // Opened here first for an error that says whether the file is missing or unreadable.
    _ = try readFile(URL(fileURLWithPath: file))
    let table = try explainingArrow(
        "\(file) cannot be read as Parquet", remedy: "Download or write the file again."
    ) {
        try ArrowTable(parquet: file)
    }
    return LoadedTable(table, known: table.metadata.flatMap(Features.init(metadata:)))
}
