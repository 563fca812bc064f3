import Foundation
import TuneBase

/// The files of a tokenizer in a local directory.
struct TokenizerFiles: Sendable {
    let directory: URL
    /// `tokenizer.json`.
    let pipeline: JSONValue?
    /// `tokenizer_config.json`.
    let configuration: JSONObject?
    /// `special_tokens_map.json`, written by older versions.
    let specialTokensMap: JSONObject?
    /// `added_tokens.json`, written by older versions.
    let addedTokens: JSONObject?
    /// `config.json` of the model.
    let modelConfiguration: JSONObject?
    /// `chat_template.jinja`.
    let chatTemplate: String?

    /// Reads what there is.
    ///
    /// - Throws: `TuneError` when `path` is no directory or has neither `tokenizer.json` nor
    ///   `vocab.txt`.
    init(_ path: String) throws {
        let directory = try Self.directory(path)
        func object(_ name: String) throws -> JSONObject? {
            guard let value = try Self.json(directory, name) else { return nil }
            return try JSONFields(value, source: directory.appendingPathComponent(name).path).object
        }
        self.directory = directory
        pipeline = try Self.json(directory, "tokenizer.json")
        configuration = try object("tokenizer_config.json")
        specialTokensMap = try object("special_tokens_map.json")
        addedTokens = try object("added_tokens.json")
        modelConfiguration = try object("config.json")
        let template = directory.appendingPathComponent("chat_template.jinja")
        chatTemplate =
            FileManager.default.fileExists(atPath: template.path)
            ? String(decoding: try readFile(template), as: UTF8.self) : nil
        guard pipeline != nil || hasVocabulary else {
            throw TuneError(
                .missingInput,
                "The directory \(directory.path) has neither tokenizer.json nor vocab.txt.",
                remedy: "Point to the directory of a checkpoint that was saved with its tokenizer.")
        }
    }

    /// Where a file is or would be.
    func url(_ name: String) -> URL { directory.appendingPathComponent(name) }

    /// Whether there is a `vocab.txt`.
    var hasVocabulary: Bool {
        FileManager.default.fileExists(atPath: url("vocab.txt").path)
    }

    /// Which class the files are meant for.
    var tokenizerClass: TokenizerClass {
        TokenizerClass(
            declared: configuration?["tokenizer_class"]?.string
                ?? modelConfiguration?["tokenizer_class"]?.string,
            modelType: modelConfiguration?["model_type"]?.string, hasPipeline: pipeline != nil)
    }

    private static func json(_ directory: URL, _ name: String) throws -> JSONValue? {
        let file = directory.appendingPathComponent(name)
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        return try JSONValue(contentsOf: file)
    }

    private static func directory(_ path: String) throws -> URL {
        var isDirectory: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
        if exists, isDirectory.boolValue { return URL(fileURLWithPath: path, isDirectory: true) }
        if exists {
            throw TuneError(
                .missingInput, "\(path) is a file where a tokenizer's directory is needed.",
                remedy: "Pass the directory that holds it.")
        }
        guard looksLikeHubID(path) else {
            throw TuneError(
                .missingInput, "The directory \(path) does not exist.", remedy: "Check the path.")
        }
        throw TuneError(
            .missingInput,
            "There is no directory '\(path)'. It looks like the id of a repository on the Hub, but a local directory is needed.",
            remedy: "Download the repository and pass the directory.")
    }

    private static func looksLikeHubID(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return (1...2).contains(parts.count)
            && parts.allSatisfy { part in
                part.first.map { $0.isLetter || $0.isNumber } == true
                    && part.allSatisfy { $0.isLetter || $0.isNumber || "-_.".contains($0) }
            }
    }
}
