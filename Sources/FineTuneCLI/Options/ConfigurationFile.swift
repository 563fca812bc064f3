import FineTuneKit
import Foundation

/// Reads the members of a configuration file, YAML or JSON by its extension.
///
/// - Throws: `TuneError` with the position for malformed text, and for anything but a mapping.
func readConfigurationFile(_ path: String) throws -> JSONFields {
    let file = URL(fileURLWithPath: expandingTilde(path))
    let value: JSONValue
    switch file.pathExtension.lowercased() {
    case "json": value = try JSONValue(parsing: readFile(file), source: path)
    case "yaml", "yml": value = try yamlValue(readFile(file), source: path)
    default:
        throw TuneError(
            .usage, "The configuration file '\(path)' is neither .yaml nor .json.",
            remedy: "Rename it after its format.")
    }
    return try JSONFields(value, source: path)
}
