import TuneBase

/// Reading and writing `tokenizer.json`.
enum TokenizerJSON {
    /// Builds the pipeline a file describes.
    ///
    /// - Throws: `TuneError` for an unknown version and for components that are not supported.
    static func read(_ json: JSONValue, source: String) throws -> Tokenizer {
        let fields = try JSONFields(json, source: source)
        guard try fields.string("version", default: "1.0") == "1.0" else {
            throw unsupported(
                "file version \(json["version"]?.string ?? "?")", in: source, supported: ["1.0"])
        }
        func component<Component>(
            _ key: String, _ make: (JSONValue, String) throws -> Component
        ) throws -> Component? {
            guard let value = json[key], !value.isNull else { return nil }
            return try make(value, source)
        }
        guard let model = try component("model", ComponentRegistry.model) else {
            throw TuneError(
                .badData, "\(source) has no 'model'.",
                remedy: "Restore the file or download it again.")
        }
        let components = Tokenizer.Components(
            normalizer: try component("normalizer", ComponentRegistry.normalizer),
            preTokenizer: try component("pre_tokenizer", ComponentRegistry.preTokenizer),
            model: model,
            postProcessor: try component("post_processor", ComponentRegistry.postProcessor),
            decoder: try component("decoder", ComponentRegistry.decoder),
            truncation: try truncation(fields), padding: try padding(fields))
        let added = try (fields.object["added_tokens"]?.array ?? []).map {
            try AddedToken($0, source: source)
        }
        return Tokenizer(components).adding(added)
    }

    /// The `truncation` member with its defaults written out.
    static func truncation(_ fields: JSONFields) throws -> JSONValue {
        guard let value = fields.object["truncation"], !value.isNull else { return .null }
        let settings = try JSONFields(value, source: fields.source)
        return [
            "direction": .string(try settings.string("direction", default: "Right")),
            "max_length": .int(try settings.int("max_length")),
            "strategy": .string(try settings.string("strategy")),
            "stride": .int(try settings.int("stride")),
        ]
    }

    /// The `padding` member with its defaults written out.
    static func padding(_ fields: JSONFields) throws -> JSONValue {
        guard let value = fields.object["padding"], !value.isNull else { return .null }
        let settings = try JSONFields(value, source: fields.source)
        return [
            "strategy": settings.object["strategy"] ?? "BatchLongest",
            "direction": .string(try settings.string("direction", default: "Right")),
            "pad_to_multiple_of": try settings.optionalInt("pad_to_multiple_of").map(JSONValue.int)
                ?? .null,
            "pad_id": .int(try settings.int("pad_id")),
            "pad_type_id": .int(try settings.int("pad_type_id")),
            "pad_token": .string(try settings.string("pad_token")),
        ]
    }

    /// The document for a pipeline, as the reference writes it.
    static func write(_ tokenizer: Tokenizer) -> String {
        let parts = tokenizer.components
        let document: JSONValue = [
            "version": "1.0", "truncation": parts.truncation, "padding": parts.padding,
            "added_tokens": .array(tokenizer.added.entries.map { $0.token.json(id: $0.id) }),
            "normalizer": parts.normalizer?.json ?? .null,
            "pre_tokenizer": parts.preTokenizer?.json ?? .null,
            "post_processor": parts.postProcessor?.json ?? .null,
            "decoder": parts.decoder?.json ?? .null, "model": parts.model.json,
        ]
        return document.serialized(indent: 2, escapingNonASCII: false)
    }
}
