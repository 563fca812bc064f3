import Foundation
import TuneBase
import Yams

/// What the YAML at the head of a dataset repository's README.md says.
struct DatasetCard {
    struct Configuration {
        var name: String
        var dataFiles: DataFiles?
        var dataDirectory: String?
        var isDefault: Bool
        var options: JSONObject
    }

    let source: String
    private(set) var configurations: [Configuration] = []
    private var infos: [(name: String, info: JSONValue)] = []

    /// Reads the card of a directory; without a README.md, or without YAML in it, it is empty.
    init(directory: String) throws {
        source = "\(directory)/README.md"
        guard Glob.isFile(source) else { return }
        let data = try readFile(URL(fileURLWithPath: source))
        guard let text = String(data: data, encoding: .utf8) else {
            throw TuneError(.badData, "\(source) is not UTF-8 text.", remedy: "Save it as UTF-8.")
        }
        guard let head = Self.frontMatter(text) else { return }
        let card = try JSONValue(yaml: head, source: source)
        try readConfigurations(card["configs"])
        readInfos(card["dataset_info"])
    }

    /// The lines between the first two `---`.
    private static func frontMatter(_ text: String) -> String? {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        guard lines.first?.trimmingCharacters(in: .whitespaces) == "---",
            let end = lines.dropFirst().firstIndex(where: {
                $0.trimmingCharacters(in: .whitespaces) == "---"
            })
        else { return nil }
        return lines[1..<end].joined(separator: "\n")
    }

    private mutating func readConfigurations(_ value: JSONValue?) throws {
        guard let value, !value.isNull else { return }
        guard let entries = value.array else {
            throw TuneError(
                .badConfig, "\(source): Expected configs to be a list, but got \(value.kind).")
        }
        configurations = try entries.map { try configuration($0) }
        let defaults = configurations.filter(\.isDefault).map(\.name)
        if defaults.count > 1 {
            throw TuneError(
                .badConfig,
                "Dataset has several default configs: \(pythonRepr(defaults[0])) and \(pythonRepr(defaults[1])).",
                remedy: "Keep 'default: true' in one of them in \(source).")
        }
    }

    private func configuration(_ entry: JSONValue) throws -> Configuration {
        guard let object = entry.object, let name = object["config_name"]?.string else {
            throw TuneError(
                .badConfig,
                "\(source): Each config must include `config_name` field with a string name of a config."
            )
        }
        var options = object
        for key in ["config_name", "data_files", "data_dir", "default"] { options[key] = nil }
        return Configuration(
            name: name, dataFiles: try object["data_files"].map { try dataFiles($0, name) },
            dataDirectory: object["data_dir"]?.string,
            isDefault: object["default"]?.bool ?? false, options: options)
    }

    private func dataFiles(_ value: JSONValue, _ configuration: String) throws -> DataFiles {
        if let pattern = value.string { return DataFiles([pattern]) }
        if let patterns = value.array?.mapAll(\.string) { return DataFiles(patterns) }
        let splits = value.array?.mapAll { entry -> DataFiles.Split? in
            guard let split = entry["split"]?.string, let path = entry["path"],
                let patterns = path.string.map({ [$0] }) ?? path.array?.mapAll(\.string)
            else { return nil }
            return .init(name: split, patterns: patterns)
        }
        guard let splits else {
            throw TuneError(
                .badConfig,
                "\(source): 'data_files' of the config '\(configuration)' is expected to be either a string or a list of strings or a list of dicts with two keys: 'split' and 'path'."
            )
        }
        let names = splits.map(\.name)
        guard Set(names).count == names.count else {
            throw TuneError(
                .badConfig, "Some splits are duplicated in data_files: \(pythonList(names)).",
                remedy: "Correct the config '\(configuration)' in \(source).")
        }
        return DataFiles(splits: splits)
    }

    private mutating func readInfos(_ value: JSONValue?) {
        let entries = value?.array ?? value.map { [$0] } ?? []
        infos = entries.map { ($0["config_name"]?.string ?? "default", $0) }
    }

    /// The features that the card gives a configuration.
    func features(of configuration: String) throws -> Features? {
        guard let features = info(of: configuration)?["features"], !features.isNull else {
            return nil
        }
        return try Features(card: features, source: source)
    }

    /// The number of rows that the card gives each split of a configuration.
    func rowCounts(of configuration: String) -> [String: Int] {
        var counts: [String: Int] = [:]
        for split in info(of: configuration)?["splits"]?.array ?? [] {
            if let name = split["name"]?.string { counts[name] = split["num_examples"]?.int }
        }
        return counts
    }

    private func info(of configuration: String) -> JSONValue? {
        infos.first { $0.name == configuration }?.info
    }
}

extension JSONValue {
    /// The value of a YAML document.
    init(yaml text: String, source: String) throws {
        do {
            self = try Yams.compose(yaml: text).map(JSONValue.init) ?? .null
        } catch {
            throw TuneError(
                .badConfig, "The YAML of \(source) cannot be read: \(error).",
                remedy: "Correct the lines between the first two '---'.", cause: error)
        }
    }

    private init(_ node: Node) {
        if let mapping = node.mapping {
            self = .object(
                JSONObject(mapping.map { ($0.key.string ?? "", JSONValue($0.value)) }))
        } else if let sequence = node.sequence {
            self = .array(sequence.map(JSONValue.init))
        } else if node.null != nil {
            self = .null
        } else if let value = node.bool {
            self = .bool(value)
        } else if let value = node.int {
            self = .int(value)
        } else if let value = node.float {
            self = .double(value)
        } else {
            self = .string(node.string ?? "")
        }
    }
}
