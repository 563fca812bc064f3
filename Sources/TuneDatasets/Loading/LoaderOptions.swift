import Logging
import TuneBase

/// How text is split into cells.
struct CSVOptions: Sendable, Hashable {
    var delimiter = UInt8(ascii: ",")
    var quote = UInt8(ascii: "\"")
    /// Names instead of a header line.
    var columnNames: [String]?
}

/// What a configuration of a dataset card, or a caller, says about reading files.
struct LoaderOptions: Sendable, CustomStringConvertible {
    private var delimiter: UInt8?
    private var quote = UInt8(ascii: "\"")
    private var columnNames: [String]?
    private(set) var field: String?
    let description: String

    /// Reads options by the names that Python gives them.
    ///
    /// Options that do not concern the loader are ignored with a notice, as cards carry options
    /// for other tools.
    init(_ options: JSONObject, for loader: PackagedLoader) throws {
        description = JSONValue.object(options).serialized(sortedKeys: true)
        for (key, value) in options.members {
            switch (loader, key) {
            case (.csv, "sep"), (.csv, "delimiter"): delimiter = try Self.byte(value, key)
            case (.csv, "quotechar"): quote = try Self.byte(value, key)
            case (.csv, "names"), (.csv, "column_names"):
                guard let names = value.array?.mapAll(\.text) else {
                    throw TuneError(
                        .badConfig, "The option '\(key)' is \(value.kind) where names are needed.")
                }
                columnNames = names
            case (.json, "field"): field = value.string
            default:
                log.notice("The \(loader) loader ignores the option '\(key)'.")
            }
        }
    }

    /// The options for one file; a `.tsv` file is separated by tabs unless something else is said.
    func csv(for file: String) -> CSVOptions {
        let usual = file.lowercased().hasSuffix(".tsv") ? UInt8(ascii: "\t") : UInt8(ascii: ",")
        return CSVOptions(delimiter: delimiter ?? usual, quote: quote, columnNames: columnNames)
    }

    private static func byte(_ value: JSONValue, _ key: String) throws -> UInt8 {
        guard let text = value.string, text.utf8.count == 1, let byte = text.utf8.first else {
            throw TuneError(
                .badConfig, "The option '\(key)' must be one ASCII character.",
                remedy: "Use ',' or ';' or a tab.")
        }
        return byte
    }
}
