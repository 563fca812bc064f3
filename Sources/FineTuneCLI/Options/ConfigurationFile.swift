import FineTuneKit
import Foundation

/// Reads a configuration file, YAML or JSON by its extension.
///
/// - Throws: `TuneError` with the position for malformed text and for names that appear twice.
func readConfigurationFile(_ path: String) throws -> JSONDocument {
    let file = URL(fileURLWithPath: expandingTilde(path))
    switch file.pathExtension.lowercased() {
    case "json": return try jsonDocument(readFile(file), source: path)
    case "yaml", "yml": return try YAMLReader.document(readFile(file), source: path)
    default:
        throw TuneError(
            .usage, "The configuration file '\(path)' is neither .yaml nor .json.",
            remedy: "Rename it after its format.")
    }
}

private func jsonDocument(_ data: Data, source: String) throws -> JSONDocument {
    do {
        return try JSONDocument(parsing: data, source: source)
    } catch var error as TuneError {
        // The parser speaks of data that was damaged; this is a text that somebody writes.
        (error.code, error.remedy) = (.badConfig, "Correct the JSON there.")
        throw error
    }
}
