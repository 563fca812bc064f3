public import Foundation
public import TuneBase

/// A local directory with a model in Hugging Face's layout.
public struct CheckpointDirectory: Sendable {
    /// Where it is.
    public let url: URL

    /// Checks that `path` is a directory.
    ///
    /// - Throws: `TuneError` that says whether the path is missing or names a hub repository.
    public init(_ path: String) throws {
        url = URL(fileURLWithPath: (path as NSString).expandingTildeInPath)
        var isDirectory: ObjCBool = false
        if FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory) {
            guard isDirectory.boolValue else {
                throw TuneError(
                    .missingInput, "'\(path)' is a file where a checkpoint directory is needed.",
                    remedy: "Name the directory that holds config.json.")
            }
            return
        }
        throw TuneError(
            .missingInput, "There is no checkpoint directory '\(path)'.",
            remedy: "Give the path of a local directory with config.json and model.safetensors.")
    }

    /// Reads `config.json`.
    public func config() throws -> JSONFields {
        let file = url.appendingPathComponent("config.json")
        guard FileManager.default.fileExists(atPath: file.path) else {
            throw TuneError(
                .missingInput, "The checkpoint \(url.path) has no config.json.",
                remedy: "Copy it from where the model came from.")
        }
        return try JSONFields(JSONValue(contentsOf: file), source: file.path)
    }

    /// The `model_type` of the configuration.
    public func modelType(_ fields: JSONFields) throws -> String {
        guard let type = fields.object["model_type"]?.string else {
            throw TuneError(
                .badConfig, "\(fields.source) has no 'model_type'.",
                remedy: "Add it, for example \"model_type\": \"bert\".")
        }
        return type
    }

    /// The files that hold the weights: one, or the shards that an index lists.
    ///
    /// - Throws: `TuneError` when there are none, or only pickled ones, which are never read.
    public func weightFiles() throws -> [URL] {
        let single = url.appendingPathComponent("model.safetensors")
        if FileManager.default.fileExists(atPath: single.path) { return [single] }
        let index = url.appendingPathComponent("model.safetensors.index.json")
        if FileManager.default.fileExists(atPath: index.path) { return try shards(index) }
        let pickled = url.appendingPathComponent("pytorch_model.bin")
        guard FileManager.default.fileExists(atPath: pickled.path) else {
            throw TuneError(
                .missingInput, "The checkpoint \(url.path) has no model.safetensors.",
                remedy: "Copy the weights from where the model came from.")
        }
        throw TuneError(
            .badData,
            "The checkpoint \(url.path) has only pytorch_model.bin, a pickle that could run code.",
            remedy: "Save it as safetensors with Python: model.save_pretrained(…).")
    }

    /// The shards of an index file; names that would leave the directory are refused.
    private func shards(_ index: URL) throws -> [URL] {
        let fields = try JSONFields(JSONValue(contentsOf: index), source: index.path)
        guard let map = fields.object["weight_map"]?.object,
            let names = map.members.mapAll({ $0.value.string })
        else {
            throw TuneError(.badData, "\(index.path) has no 'weight_map' of file names.")
        }
        return try Set(names).sorted().map { name in
            guard !name.isEmpty, !name.contains("/"), !name.contains("\\"), name != "..",
                !name.utf8.contains(0)
            else {
                throw TuneError(
                    .badData, "\(index.path) names the shard '\(name)' outside its directory.",
                    remedy: "Do not use this checkpoint.")
            }
            return url.appendingPathComponent(name)
        }
    }
}
