package import TuneBase

/// The second stage: cuts normalized text into words, which no token crosses.
package protocol PreTokenizer: Sendable {
    /// Cuts the pieces of `text` further.
    func preTokenize(_ text: inout PreTokenizedString)
    /// The entry of `tokenizer.json`.
    var json: JSONValue { get }
}

/// Several pre-tokenizers, each working on the pieces of the one before.
struct PreTokenizerSequence: PreTokenizer {
    let members: [any PreTokenizer]

    init(_ members: [any PreTokenizer]) { self.members = members }

    init(_ fields: JSONFields) throws {
        members = try fields.list("pretokenizers") {
            try ComponentRegistry.preTokenizer($0, source: fields.source)
        }
    }

    func preTokenize(_ text: inout PreTokenizedString) {
        for member in members { member.preTokenize(&text) }
    }

    var json: JSONValue {
        ["type": "Sequence", "pretokenizers": .array(members.map(\.json))]
    }
}
