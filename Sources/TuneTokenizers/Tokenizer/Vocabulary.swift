import TuneBase

/// The tokens of a model and their ids.
///
/// Tokens are told apart by their bytes: Swift's string equality would merge entries that are
/// canonically equivalent. Ids need not be contiguous.
package struct Vocabulary: Sendable {
    /// The ids by token.
    let trie: ByteTrie
    private let bytes: [UInt8]
    private let ranges: [Span?]
    /// The number of tokens.
    package let count: Int

    /// Creates a vocabulary.
    ///
    /// - Parameters:
    ///   - entries: Tokens and ids; when a token appears twice, its later id counts.
    ///   - source: What the entries are from, for messages.
    /// - Throws: `TuneError` for ids that are negative or too large.
    package init(_ entries: some Sequence<(token: String, id: Int)>, source: String) throws {
        var trie = ByteTrie()
        var bytes: [UInt8] = []
        var ranges: [Span?] = []
        var count = 0
        for (token, id) in entries {
            guard (0..<ByteTrie.maximumNodes).contains(id), bytes.count < Int(Int32.max) / 2,
                trie.nodeCount + token.utf8.count < ByteTrie.maximumNodes
            else {
                throw TuneError(
                    .badData,
                    "\(source): the vocabulary entry '\(token)' has the impossible id \(id).",
                    remedy: "Restore the file or download it again.")
            }
            if id >= ranges.count {
                ranges += Array(repeating: nil, count: id + 1 - ranges.count)
            }
            if let earlier = trie.insert(token.utf8, Int32(id)) {
                ranges[Int(earlier)] = nil
            } else {
                count += 1
            }
            ranges[id] = Span(bytes.count, bytes.count + token.utf8.count)
            bytes += token.utf8
        }
        (self.trie, self.bytes, self.ranges, self.count) = (trie, bytes, ranges, count)
    }

    /// Reads the `vocab` object of a model.
    init(_ json: JSONValue, source: String) throws {
        guard let object = json.object else {
            throw TuneError(
                .badData,
                "\(source): the model's 'vocab' is \(json.kind) where an object is needed.",
                remedy: "Restore the file or download it again.")
        }
        let entries = try object.members.map { member in
            guard let id = member.value.int else {
                throw TuneError(
                    .badData, "\(source): the id of the token '\(member.key)' is no integer.")
            }
            return (token: member.key, id: id)
        }
        try self.init(entries, source: source)
    }

    /// The id of a token.
    package func id(of token: String) -> Int? { trie[token.utf8].map(Int.init) }

    /// The token of an id.
    package func token(_ id: Int) -> String? {
        utf8(id).map { UTF8Bytes.string($0) }
    }

    /// The bytes of the token of an id.
    func utf8(_ id: Int) -> ArraySlice<UInt8>? {
        guard ranges.indices.contains(id), let range = ranges[id] else { return nil }
        return bytes[range.range]
    }

    /// All tokens, ascending by id.
    var entries: [(token: String, id: Int)] {
        ranges.indices.compactMap { id in token(id).map { ($0, id) } }
    }

    /// The `vocab` object of a model.
    var json: JSONValue {
        .object(JSONObject(distinct: entries.map { ($0.token, .int($0.id)) }))
    }
}
