import TuneBase

/// The tokens that are searched for in the text, and their ids.
package struct AddedVocabulary: Sendable {
    /// The tokens by id.
    private(set) var tokens: [Int: AddedToken] = [:]
    private var ids: [[UInt8]: Int] = [:]
    private var texts: [Int: String] = [:]
    /// Every registration in order; a token registered twice is searched for in both ways.
    private var specials: [AddedToken] = []
    private var others: [AddedToken] = []
    private var specialContents: Set<[UInt8]> = []
    private var rawFinder = AddedTokenFinder()
    private var normalizedFinder = AddedTokenFinder()

    /// Creates an empty one.
    package init() {}

    /// Registers tokens and gives new ones the ids after the vocabulary's.
    mutating func add(
        _ new: [AddedToken], vocabulary: Vocabulary, normalizer: (any Normalizer)?
    ) {
        for token in new where token.isSpecial && !token.content.isEmpty {
            if specialContents.insert(Array(token.content.utf8)).inserted { specials.append(token) }
        }
        for token in new where !token.content.isEmpty && !isKnown(token) {
            let key = Array(token.content.utf8)
            let id = ids[key] ?? vocabulary.id(of: token.content) ?? nextID(vocabulary)
            ids[key] = id
            tokens[id] = token
            if !specialContents.contains(key) { others.append(token) }
        }
        buildFinders(normalizer)
    }

    private func isKnown(_ token: AddedToken) -> Bool {
        tokens.values.contains { $0 == token && $0.content.hasSameBytes(as: token.content) }
    }

    private func nextID(_ vocabulary: Vocabulary) -> Int {
        guard let largest = ids.values.max() else { return vocabulary.count }
        return max(largest + 1, vocabulary.count)
    }

    /// What is searched for to find the token of an id: its content, normalized if it asks for it.
    func text(_ id: Int) -> String? { texts[id] }

    private mutating func buildFinders(_ normalizer: (any Normalizer)?) {
        (rawFinder, normalizedFinder) = (AddedTokenFinder(), AddedTokenFinder())
        for token in specials + others {
            guard let id = ids[Array(token.content.utf8)], let current = tokens[id] else {
                continue
            }
            var content = NormalizedString(token.content)
            if token.isNormalized {
                normalizer?.normalize(&content)
                normalizedFinder.insert(content.bytes, id, current)
            } else {
                rawFinder.insert(content.bytes, id, current)
            }
            texts[id] = content.string
        }
    }

    /// The id of an added token.
    package func id(of content: String) -> Int? { ids[Array(content.utf8)] }

    /// The added tokens, ascending by id.
    var entries: [(id: Int, token: AddedToken)] {
        tokens.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// Whether decoding may skip a token.
    func isSpecial(_ content: String) -> Bool { specialContents.contains(Array(content.utf8)) }

    /// The finder of tokens in raw text.
    var raw: AddedTokenFinder { rawFinder }
    /// The finder of tokens in normalized text.
    var normalized: AddedTokenFinder { normalizedFinder }
}
