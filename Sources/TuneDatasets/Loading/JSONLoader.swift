import Foundation
import TuneBase

/// Reads a JSON file: JSON Lines, an array of rows, or a member of a document.
///
/// Columns whose values are of several kinds, or structures whose members differ from row to row,
/// become ``Feature/json``.
func loadJSON(_ file: String, field: String?, _ features: Features?) throws -> LoadedTable {
    let data = try readFile(URL(fileURLWithPath: file))
    guard !data.isEmpty else {
        throw TuneError(
            .badData, "\(file) is empty.", remedy: "Write one JSON object per line into it.")
    }
    let lines = try JSONRows.lines(of: data, field: field, source: file)
    var mixed = Set((features?.fields ?? []).filter { $0.feature == .json }.map(\.name))
    do {
        return try readLines(lines, &mixed, file)
    } catch let error as TuneError where field == nil && error.cause is ArrowFailure {
        // Perhaps an object that spans several lines; if not, the first error tells more.
        guard let joined = try? JSONRows.joinedLines(lines, source: file), joined != lines,
            let table = try? readLines(joined, &mixed, file)
        else { throw error }
        return table
    }
}

private func readLines(
    _ original: Data, _ mixed: inout Set<String>, _ file: String
) throws -> LoadedTable {
    var lines = mixed.isEmpty ? original : try MixedJSON.quoting(mixed, in: original, file)
    while true {
        do {
            let table = try ArrowTable(jsonLines: lines)
            let uneven = try MixedJSON.unevenColumns(table, in: lines, file).subtracting(mixed)
            if uneven.isEmpty { return loaded(table, mixed) }
            mixed.formUnion(uneven)
        } catch let failure as ArrowFailure {
            guard let column = MixedJSON.column(in: failure.message), mixed.insert(column).inserted
            else { throw unreadable(file, failure) }
        }
        lines = try MixedJSON.quoting(mixed, in: original, file)
    }
}

private func unreadable(_ file: String, _ failure: ArrowFailure) -> TuneError {
    TuneError(
        .badData, "\(file) cannot be read as JSON: \(failure.message).",
        remedy: "Write one JSON object per line, or an array of objects; rows count from 0.",
        cause: failure)
}

private func loaded(_ table: ArrowTable, _ mixed: Set<String>) -> LoadedTable {
    var known = Features()
    for name in table.names where mixed.contains(name) { known[name] = .json }
    return LoadedTable(table, known: known)
}
