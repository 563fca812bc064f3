import TuneBase

/// A special token as a configuration gives it: its text, or also how it is searched for.
struct SpecialToken: Sendable {
    var content: String
    var token: AddedToken?

    /// Reads a string or an object with `content`; nil for anything else.
    init?(_ json: JSONValue, source: String) throws {
        switch json {
        case .string(let content):
            self.content = content
        case .object(let object) where object["content"] != nil:
            // `special_tokens_map.json` leaves out that they are special.
            let isSpecial = object["__type"] == nil ? true : nil
            let token = try AddedToken(json, source: source, isSpecial: isSpecial)
            (self.content, self.token) = (token.content, token)
        default:
            return nil
        }
    }

    init(_ content: String) { self.content = content }

    /// The token to add when the pipeline lacks it.
    var added: AddedToken {
        var result = token ?? AddedToken(content, isSpecial: true)
        result.isSpecial = true
        return result
    }
}

/// The special tokens of a tokenizer: those with a role, and others.
struct SpecialTokens: Sendable {
    /// The roles that every tokenizer may fill, in Python's order.
    static let roles = [
        "bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token",
    ]

    /// The tokens by role: the standard ones, then those of the model.
    private(set) var named: [(role: String, token: SpecialToken)] = []
    /// Tokens without a role.
    var extra: [SpecialToken] = []

    subscript(role: String) -> SpecialToken? {
        get { named.first { $0.role == role }?.token }
        set {
            named.removeAll { $0.role == role }
            guard let newValue else { return }
            named.append((role, newValue))
            named.sort { Self.rank($0.role) < Self.rank($1.role) }
        }
    }

    private static func rank(_ role: String) -> Int { roles.firstIndex(of: role) ?? roles.count }

    /// All texts, each once, in order.
    var contents: [String] {
        var result: [String] = []
        for token in named.map(\.token) + extra
        where !result.contains(where: { $0.hasSameBytes(as: token.content) }) {
            result.append(token.content)
        }
        return result
    }
}
