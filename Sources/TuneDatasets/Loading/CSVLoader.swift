import Foundation
import TuneBase

/// Reads a CSV file by the rules of `pandas.read_csv`; see `CTuneArrow`.
///
/// Columns that `features` makes text or classes are not taken for numbers on the way, so that
/// `007` stays as it is.
func loadCSV(_ file: String, _ options: CSVOptions, _ features: Features?) throws -> LoadedTable {
    let data = try readFile(URL(fileURLWithPath: file))
    let textColumns = (features?.fields ?? []).filter { field in
        switch field.feature {
        case .classLabel, .value("string"), .value("large_string"): true
        default: false
        }
    }
    return try explainingArrow(
        "\(file) cannot be read as CSV", remedy: "Correct the file, or name its delimiter."
    ) {
        LoadedTable(
            try ArrowTable(csv: data, options, textColumns: textColumns.map(\.name)))
    }
}
