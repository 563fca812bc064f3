import TuneBase

/// A token that is found in the text before the pipeline sees it.
public struct AddedToken: Hashable, Sendable {
    /// The text that is searched for.
    public var content: String
    /// Whether it must not touch other word characters.
    public var isSingleWord: Bool
    /// Whether it takes in whitespace on its left.
    public var stripsLeft: Bool
    /// Whether it takes in whitespace on its right.
    public var stripsRight: Bool
    /// Whether it is searched for in the normalized text rather than in the raw text.
    public var isNormalized: Bool
    /// Whether it is left out when decoding skips special tokens.
    public var isSpecial: Bool

    /// Creates a token; whether it is normalized follows from `isSpecial` unless given.
    public init(
        _ content: String, isSingleWord: Bool = false, stripsLeft: Bool = false,
        stripsRight: Bool = false, isNormalized: Bool? = nil, isSpecial: Bool = false
    ) {
        self.content = content
        self.isSingleWord = isSingleWord
        self.stripsLeft = stripsLeft
        self.stripsRight = stripsRight
        self.isNormalized = isNormalized ?? !isSpecial
        self.isSpecial = isSpecial
    }
}

extension AddedToken {
    /// Reads an entry of `added_tokens` or `added_tokens_decoder`.
    init(_ json: JSONValue, source: String, isSpecial: Bool? = nil) throws {
        let fields = try JSONFields(json, source: source)
        let special = try isSpecial ?? fields.bool("special", default: false)
        self.init(
            try fields.string("content"),
            isSingleWord: try fields.bool("single_word", default: false),
            stripsLeft: try fields.bool("lstrip", default: false),
            stripsRight: try fields.bool("rstrip", default: false),
            isNormalized: try fields.optionalBool("normalized"), isSpecial: special)
    }

    /// The entry of `added_tokens`.
    func json(id: Int) -> JSONValue {
        [
            "id": .int(id), "content": .string(content), "single_word": .bool(isSingleWord),
            "lstrip": .bool(stripsLeft), "rstrip": .bool(stripsRight),
            "normalized": .bool(isNormalized), "special": .bool(isSpecial),
        ]
    }
}
