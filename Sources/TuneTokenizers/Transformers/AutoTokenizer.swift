import Foundation
import TuneBase

/// Loads the tokenizer of a checkpoint, whatever its class.
public enum AutoTokenizer {
    /// Loads a tokenizer from a local directory.
    ///
    /// Reads `tokenizer.json`, or `vocab.txt` when there is none, with `tokenizer_config.json`,
    /// `special_tokens_map.json`, `added_tokens.json` and the model type of `config.json`. As in
    /// transformers 5, BERT's classes take only the vocabulary and the tokens from
    /// `tokenizer.json` and build the rest from `tokenizer_config.json`.
    ///
    /// - Parameter path: The directory of a checkpoint.
    /// - Returns: The tokenizer.
    /// - Throws: `TuneError` when the directory or its files are missing or malformed, and for
    ///   pipeline components that are not supported.
    public static func fromPretrained(_ path: String) throws -> PreTrainedTokenizer {
        let files = try TokenizerFiles(path)
        var loader = try TokenizerLoader(files)
        return try loader.load()
    }
}

/// Puts a tokenizer together from its files.
private struct TokenizerLoader {
    let files: TokenizerFiles
    let tokenizerClass: TokenizerClass
    var configuration: TokenizerConfiguration

    init(_ files: TokenizerFiles) throws {
        self.files = files
        tokenizerClass = files.tokenizerClass
        configuration = try TokenizerConfiguration(files)
    }

    mutating func load() throws -> PreTrainedTokenizer {
        if tokenizerClass.isBERT { setBERTDefaults() }
        var tokenizer = try pipeline()
        setTruncationAndPaddingDefaults(tokenizer.components)
        configuration.setDefault("backend", "tokenizers")
        tokenizer = tokenizer.adding(tokensToAdd(to: tokenizer))
        if tokenizerClass.isBERT {
            tokenizer = tokenizer.with(postProcessor: try template(tokenizer))
        } else if tokenizer.components.postProcessor == nil {
            tokenizer = tokenizer.with(postProcessor: try plainTemplate())
        }
        return try PreTrainedTokenizer(tokenizer, tokenizerClass, configuration)
    }

    private func pipeline() throws -> Tokenizer {
        let source = files.url("tokenizer.json").path
        if let json = files.pipeline, !tokenizerClass.rebuildsPipeline {
            return try TokenizerJSON.read(json, source: source)
        }
        guard tokenizerClass.isBERT else {
            throw TuneError(
                .missingInput, "The directory \(files.directory.path) has no tokenizer.json.",
                remedy: "Only BERT's tokenizers can be loaded from vocab.txt alone.")
        }
        let values = try configuration.values
        let vocabulary = try vocabulary()
        var components = Tokenizer.Components(
            normalizer: BertNormalizer(
                handlesIdeographs: try values.bool("tokenize_chinese_chars"),
                stripsAccents: try values.optionalBool("strip_accents"),
                lowercases: try values.bool("do_lower_case")),
            preTokenizer: BertPreTokenizer(),
            model: try WordPiece(
                vocabulary: vocabulary.0,
                unknownToken: configuration.special["unk_token"]?.content ?? "[UNK]",
                source: vocabulary.source),
            decoder: WordPieceDecoder())
        if let json = files.pipeline {
            let fields = try JSONFields(json, source: source)
            components.truncation = try TokenizerJSON.truncation(fields)
            components.padding = try TokenizerJSON.padding(fields)
        }
        return Tokenizer(components)
    }

    private func vocabulary() throws -> (Vocabulary, source: String) {
        guard let json = files.pipeline else {
            let file = files.url("vocab.txt")
            return (try Vocabulary(lines: file), file.path)
        }
        let source = files.url("tokenizer.json").path
        return (try Vocabulary(json["model"]?["vocab"] ?? .null, source: source), source)
    }

    private mutating func setBERTDefaults() {
        configuration.setDefault("do_lower_case", true)
        configuration.setDefault("tokenize_chinese_chars", true)
        configuration.setDefault("strip_accents", nil)
        for (role, content) in [
            ("unk_token", "[UNK]"), ("sep_token", "[SEP]"), ("pad_token", "[PAD]"),
            ("cls_token", "[CLS]"), ("mask_token", "[MASK]"),
        ] where configuration.fields[role] == nil {
            configuration.fields[role] = .string(content)
            configuration.special[role] = SpecialToken(content)
        }
    }

    /// What transformers remembers of the file's truncation and padding.
    private mutating func setTruncationAndPaddingDefaults(_ components: Tokenizer.Components) {
        if let settings = components.truncation.object {
            configuration.setDefault("max_length", settings["max_length"] ?? .null)
            configuration.setDefault("truncation_side", lowercased(settings["direction"]))
            configuration.setDefault("stride", settings["stride"] ?? .null)
            configuration.setDefault("truncation_strategy", strategyName(settings["strategy"]))
        }
        if let settings = components.padding.object {
            if configuration.special["pad_token"] == nil,
                let token = settings["pad_token"]?.string
            {
                configuration.setDefault("pad_token", .string(token))
                configuration.special["pad_token"] = SpecialToken(token)
            }
            configuration.setDefault("pad_token_type_id", settings["pad_type_id"] ?? .null)
            configuration.setDefault("padding_side", lowercased(settings["direction"]))
            configuration.setDefault("max_length", settings["strategy"]?["Fixed"] ?? .null)
            configuration.setDefault(
                "pad_to_multiple_of", settings["pad_to_multiple_of"] ?? .null)
        }
    }

    private func lowercased(_ value: JSONValue?) -> JSONValue {
        .string(value?.string?.lowercased() ?? "right")
    }

    private func strategyName(_ value: JSONValue?) -> JSONValue {
        switch value?.string {
        case "OnlyFirst": "only_first"
        case "OnlySecond": "only_second"
        default: "longest_first"
        }
    }

    private func tokensToAdd(to tokenizer: Tokenizer) -> [AddedToken] {
        let named = configuration.special.named.map(\.token)
        var result = configuration.added.map { token in
            var token = token
            if named.contains(where: { $0.content.hasSameBytes(as: token.content) }) {
                token.isSpecial = true
            }
            return token
        }
        for token in named + configuration.special.extra {
            let isKnown =
                tokenizer.added.id(of: token.content) != nil
                || result.contains { $0.content.hasSameBytes(as: token.content) }
            if !isKnown { result.append(token.added) }
        }
        return result
    }

    private func template(_ tokenizer: Tokenizer) throws -> TemplateProcessing {
        let classifier = configuration.special["cls_token"]?.content ?? "[CLS]"
        let separator = configuration.special["sep_token"]?.content ?? "[SEP]"
        let single: [TemplateProcessing.Piece] = [
            .special(classifier, type: 0), .sequence(isSecond: false, type: 0),
            .special(separator, type: 0),
        ]
        return try TemplateProcessing(
            single: single,
            pair: single + [.sequence(isSecond: true, type: 1), .special(separator, type: 1)],
            specialTokens: [(classifier, 2), (separator, 3)].map { name, fallback in
                .init(name: name, ids: [tokenizer.id(of: name) ?? fallback], tokens: [name])
            }, source: configuration.source)
    }

    private func plainTemplate() throws -> TemplateProcessing {
        try TemplateProcessing(
            single: [.sequence(isSecond: false, type: 0)],
            pair: [.sequence(isSecond: false, type: 0), .sequence(isSecond: true, type: 1)],
            specialTokens: [], source: configuration.source)
    }
}
