import Logging
import Synchronization
import TuneBase

/// A tokenizer with everything its checkpoint says about it: special tokens, lengths, sides.
///
/// Immutable, so threads can share it. Calling it encodes text:
///
/// ```swift
/// let tokenizer = try AutoTokenizer.fromPretrained("checkpoints/bert")
/// let batch = try tokenizer(["One sentence.", "Another one."], padding: true)
/// batch.inputIds
/// ```
public final class PreTrainedTokenizer: Sendable {
    /// The pipeline.
    package let tokenizer: Tokenizer
    let tokenizerClass: TokenizerClass
    let configuration: TokenizerConfiguration
    private let log = Logger(label: "finetune.tokenizers")
    private let warnedTopics = Mutex<Set<String>>([])

    /// The most tokens the model takes; `Int.max` when nothing is known.
    public let modelMaxLength: Int
    /// The side that is filled up.
    public let paddingSide: Side
    /// The side that is cut off.
    public let truncationSide: Side
    /// The model's inputs, the main one first.
    public let modelInputNames: [String]
    let cleansUpSpaces: Bool

    /// Creates a tokenizer from a pipeline and its configuration.
    init(
        _ tokenizer: Tokenizer, _ tokenizerClass: TokenizerClass,
        _ configuration: TokenizerConfiguration
    ) throws {
        self.tokenizer = tokenizer
        self.tokenizerClass = tokenizerClass
        self.configuration = configuration
        let values = try configuration.values
        modelMaxLength = try Self.maximumLength(values)
        paddingSide = try Self.side("padding_side", values)
        truncationSide = try Self.side("truncation_side", values)
        cleansUpSpaces = try values.bool("clean_up_tokenization_spaces", default: false)
        if try values.bool("split_special_tokens", default: false) {
            throw unsupported(
                "setting 'split_special_tokens'", in: values.source, supported: ["false"])
        }
        modelInputNames =
            values.object["model_input_names"] == nil
            ? tokenizerClass.modelInputNames
            : try values.list("model_input_names") {
                try $0.required(\.string, "a string", values.source)
            }
        guard !modelInputNames.isEmpty else {
            throw TuneError(.badConfig, "\(values.source): 'model_input_names' is empty.")
        }
    }

    private static func maximumLength(_ values: JSONFields) throws -> Int {
        for key in ["model_max_length", "max_len"] {
            guard let value = values.object[key], !value.isNull else { continue }
            // Python writes 10^30 for "no limit".
            let number = try values.double(key)
            return number < Double(Int.max) ? try values.int(key) : .max
        }
        return .max
    }

    private static func side(_ key: String, _ values: JSONFields) throws -> Side {
        let name = try values.string(key, default: Side.right.rawValue)
        guard let side = Side(rawValue: name) else {
            throw TuneError(
                .badConfig, "\(values.source): '\(key)' is '\(name)'.",
                remedy: "Set it to 'left' or 'right'.")
        }
        return side
    }

    /// Logs a warning unless one about the same topic was logged before.
    func warnOnce(_ topic: String, _ message: String) {
        guard warnedTopics.withLock({ $0.insert(topic).inserted }) else { return }
        log.warning("\(message)")
    }

    /// Says once that a row is longer than the model takes.
    func warnIfTooLong(_ encodings: [Encoding], maxLength: Int?) {
        guard maxLength == nil, modelMaxLength > 0,
            let length = encodings.first(where: { $0.count > modelMaxLength })?.count
        else { return }
        warnOnce(
            "length",
            "A sequence of \(length) tokens is longer than the model's maximum of \(modelMaxLength); the model will fail on it. Pass truncation: true."
        )
    }

    /// The same tokenizer with more added tokens; those it has already are left as they are.
    ///
    /// - Parameter tokens: The tokens; new ones get the ids after the last.
    /// - Returns: The extended tokenizer. The model's embeddings must be resized to its ``count``.
    public func adding(_ tokens: [AddedToken]) -> PreTrainedTokenizer {
        PreTrainedTokenizer(self, tokenizer: tokenizer.adding(tokens))
    }

    private init(_ other: PreTrainedTokenizer, tokenizer: Tokenizer) {
        self.tokenizer = tokenizer
        tokenizerClass = other.tokenizerClass
        configuration = other.configuration
        modelMaxLength = other.modelMaxLength
        paddingSide = other.paddingSide
        truncationSide = other.truncationSide
        modelInputNames = other.modelInputNames
        cleansUpSpaces = other.cleansUpSpaces
    }
}

// MARK: Tokens and ids

extension PreTrainedTokenizer {
    /// The number of tokens of the model's vocabulary.
    public var vocabSize: Int { tokenizer.components.model.vocabulary.count }

    /// The number of all tokens, added ones included.
    public var count: Int { tokenizer.count }

    /// The tokens that are searched for in the text, ascending by id.
    public var addedTokens: [(id: Int, token: AddedToken)] { tokenizer.added.entries }

    /// The beginning-of-sequence token.
    public var bosToken: String? { special("bos_token") }
    /// The end-of-sequence token.
    public var eosToken: String? { special("eos_token") }
    /// The token for what the vocabulary cannot express.
    public var unkToken: String? { special("unk_token") }
    /// The token between two sequences.
    public var sepToken: String? { special("sep_token") }
    /// The token that fills up rows.
    public var padToken: String? { special("pad_token") }
    /// The token that stands for the whole sequence.
    public var clsToken: String? { special("cls_token") }
    /// The token that hides another one.
    public var maskToken: String? { special("mask_token") }

    /// The id of ``bosToken``.
    public var bosTokenId: Int? { bosToken.flatMap(knownId) }
    /// The id of ``eosToken``.
    public var eosTokenId: Int? { eosToken.flatMap(knownId) }
    /// The id of ``unkToken``.
    public var unkTokenId: Int? { unkToken.flatMap(tokenizer.id(of:)) }
    /// The id of ``sepToken``.
    public var sepTokenId: Int? { sepToken.flatMap(knownId) }
    /// The id of ``padToken``.
    public var padTokenId: Int? { padToken.flatMap(knownId) }
    /// The id of ``clsToken``.
    public var clsTokenId: Int? { clsToken.flatMap(knownId) }
    /// The id of ``maskToken``.
    public var maskTokenId: Int? { maskToken.flatMap(knownId) }
    /// The token type id of padding.
    public var padTokenTypeId: Int { 0 }

    /// The texts of all special tokens.
    public var allSpecialTokens: [String] { configuration.special.contents }
    /// The ids of all special tokens.
    public var allSpecialIds: [Int] { allSpecialTokens.compactMap(knownId) }

    private func special(_ role: String) -> String? { configuration.special[role]?.content }

    private func knownId(_ token: String) -> Int? { tokenizer.id(of: token) ?? unkTokenId }

    /// The id of a token, or nil when the tokenizer does not have it.
    public func tokenId(_ token: String) -> Int? { tokenizer.id(of: token) }

    /// The token of an id, or nil when the tokenizer does not have it.
    public func token(_ id: Int) -> String? { tokenizer.token(id) }

    /// The ids of tokens; unknown ones get the id of ``unkToken``.
    ///
    /// - Throws: `TuneError` for an unknown token when there is no ``unkToken``.
    public func convertTokensToIds(_ tokens: [String]) throws -> [Int] {
        try tokens.map { token in
            guard let id = knownId(token) else {
                throw TuneError(
                    .badData, "The tokenizer has no token '\(token)' and no unknown token.")
            }
            return id
        }
    }

    /// The tokens of ids.
    ///
    /// - Throws: `TuneError` for an id that has no token.
    public func convertIdsToTokens(
        _ ids: [Int], skipSpecialTokens: Bool = false
    ) throws -> [String] {
        let skipped = skipSpecialTokens ? Set(allSpecialIds) : []
        return try ids.filter { !skipped.contains($0) }.map { id in
            guard let token = tokenizer.token(id) else {
                throw TuneError(
                    .badData, "The tokenizer has no token with the id \(id).",
                    remedy: "Its \(count) tokens usually have the ids below \(count).")
            }
            return token
        }
    }

    /// How many special tokens encoding adds to a row.
    public func numSpecialTokensToAdd(pair: Bool = false) -> Int {
        tokenizer.components.postProcessor?.addedTokenCount(isPair: pair) ?? 0
    }
}
