import Foundation
import TuneBase

extension PreTrainedTokenizer {
    /// Writes `tokenizer.json` and `tokenizer_config.json` as transformers does.
    ///
    /// A chat template goes into `chat_template.jinja`.
    ///
    /// - Parameter directory: Where to write; made if it does not exist.
    /// - Throws: `TuneError` when the files cannot be written.
    public func savePretrained(_ directory: String) throws {
        let directory = URL(fileURLWithPath: directory, isDirectory: true)
        try createDirectory(directory)
        var fields = savedFields
        if let template = fields["chat_template"]?.string {
            try writeFileAtomically(
                directory.appendingPathComponent("chat_template.jinja"), template)
            fields["chat_template"] = nil
        }
        let text = JSONValue.object(fields).serialized(
            indent: 2, sortedKeys: true, escapingNonASCII: false)
        try writeFileAtomically(
            directory.appendingPathComponent("tokenizer_config.json"), exact(text) + "\n")
        try writeFileAtomically(
            directory.appendingPathComponent("tokenizer.json"), TokenizerJSON.write(tokenizer))
    }

    /// The members of `tokenizer_config.json`.
    private var savedFields: JSONObject {
        var fields = configuration.fields
        for key in [
            "added_tokens_decoder", "name_or_path", "vocab_file", "tokenizer_file",
            "special_tokens_map_file", "files_loaded", "device_map", "slow_tokenizer_class",
        ] { fields[key] = nil }
        fields["is_local"] = true
        fields["local_files_only"] = true
        fields["tokenizer_class"] = .string(tokenizerClass.rawValue)
        fields["model_max_length"] = configuration.modelMaxLength
        for (role, token) in configuration.special.named { fields[role] = .string(token.content) }
        if fields["extra_special_tokens"] != nil || !configuration.special.extra.isEmpty {
            fields["extra_special_tokens"] = .array(
                configuration.special.extra.map { .string($0.content) })
        }
        return fields
    }

    /// Python's integer for "no limit", which a double prints in another form.
    private func exact(_ text: String) -> String {
        text.replacingOccurrences(
            of: "\"model_max_length\": 1e+30",
            with: "\"model_max_length\": 1000000000000000019884624838656")
    }
}

extension TokenizerConfiguration {
    /// The model's maximum length as it is written.
    fileprivate var modelMaxLength: JSONValue {
        for key in ["model_max_length", "max_len"] {
            if let value = fields[key], !value.isNull { return value }
        }
        return .double(1e30)
    }
}
