import Foundation
import TuneBase

/// What the configuration files say about a tokenizer, legacy files merged in.
struct TokenizerConfiguration: Sendable {
    /// The members to save again, under Python's names.
    var fields: JSONObject
    /// The special tokens.
    var special = SpecialTokens()
    /// Tokens to register, ascending by the id they are said to have.
    var added: [AddedToken] = []
    /// What the members are from, for messages.
    let source: String

    /// Reads and merges the files.
    init(_ files: TokenizerFiles) throws {
        source = files.url("tokenizer_config.json").path
        fields = files.configuration ?? JSONObject()
        var unsaved = ["tokenizer_class", "init_inputs"]
        if files.pipeline != nil { unsaved += ["add_bos_token", "add_eos_token"] }
        for key in unsaved { fields[key] = nil }
        if let template = files.chatTemplate { fields["chat_template"] = .string(template) }

        renameAdditionalTokens()
        let decoder = fields["added_tokens_decoder"]?.object
        if decoder == nil, let map = files.specialTokensMap { fields = fields.merging(map) }
        added = try Self.added(files, decoder: decoder, special: Self.contents(fields))
        renameAdditionalTokens()
        try readSpecialTokens()
    }

    /// Moves `additional_special_tokens` to its new name.
    private mutating func renameAdditionalTokens() {
        guard let old = fields["additional_special_tokens"] else { return }
        fields["additional_special_tokens"] = nil
        if fields["extra_special_tokens"]?.array?.isEmpty ?? true {
            fields["extra_special_tokens"] = old
        }
    }

    /// The tokens to register, by their order of ids.
    private static func added(
        _ files: TokenizerFiles, decoder: JSONObject?, special: Set<String>
    ) throws -> [AddedToken] {
        var result: [Int: AddedToken] = [:]
        if let decoder {
            let source = files.url("tokenizer_config.json").path
            for (key, value) in decoder.members {
                guard let id = Int(key) else {
                    throw TuneError(
                        .badConfig, "\(source): '\(key)' in 'added_tokens_decoder' is no id.")
                }
                result[id] = try AddedToken(value, source: source)
            }
        } else {
            for (content, value) in files.addedTokens?.members ?? [] {
                let id = try value.required(
                    \.int, "an integer", files.url("added_tokens.json").path)
                result[id] = AddedToken(content, isSpecial: special.contains(content))
            }
            let source = files.url("tokenizer.json").path
            for value in files.pipeline?["added_tokens"]?.array ?? [] {
                let id = try JSONFields(value, source: source).int("id")
                result[id] = try AddedToken(value, source: source)
            }
        }
        return result.sorted { $0.key < $1.key }.map(\.value)
    }

    /// The texts of the special tokens that make entries of `added_tokens.json` special.
    private static func contents(_ fields: JSONObject) -> Set<String> {
        let named = SpecialTokens.roles.compactMap { fields[$0] }
        let extra = fields["extra_special_tokens"]?.array ?? []
        return Set((named + extra).compactMap { $0.string ?? $0["content"]?.string })
    }

    private mutating func readSpecialTokens() throws {
        var ofModel = fields["model_specific_special_tokens"]?.object ?? JSONObject()
        if let named = fields["extra_special_tokens"]?.object {
            fields["extra_special_tokens"] = nil
            ofModel = ofModel.merging(named)
        }
        for (key, value) in fields.members
        where key.hasSuffix("_token") && !SpecialTokens.roles.contains(key) {
            guard try SpecialToken(value, source: source) != nil else { continue }
            fields[key] = nil
            ofModel[key] = value
        }
        if !ofModel.members.isEmpty { fields["model_specific_special_tokens"] = .object(ofModel) }
        for (role, value) in SpecialTokens.roles.compactMap({ role in
            fields[role].map { (role, $0) }
        })
            + ofModel.members.map({ ($0.key, $0.value) })
        {
            if value.isNull { continue }
            special[role] = try specialToken(value, role)
        }
        special.extra = try (fields["extra_special_tokens"]?.array ?? []).map {
            try specialToken($0, "extra_special_tokens")
        }
    }

    private func specialToken(_ value: JSONValue, _ key: String) throws -> SpecialToken {
        guard var token = try SpecialToken(value, source: source) else {
            throw TuneError(
                .badConfig, "\(source): '\(key)' is \(value.kind) where a token is needed.",
                remedy: "Write it as a string.")
        }
        // The files of the pipeline know best how the token is searched for.
        if let known = added.last(where: { $0.content.hasSameBytes(as: token.content) }) {
            token.token = known
        }
        return token
    }

    /// Sets a member unless the configuration has it.
    mutating func setDefault(_ key: String, _ value: JSONValue) {
        if fields[key] == nil { fields[key] = value }
    }

    /// Typed access to the members.
    var values: JSONFields {
        get throws { try JSONFields(.object(fields), source: source) }
    }
}
