import TuneBase

/// Cuts at punctuation scalars.
struct Punctuation: PreTokenizer {
    let behavior: SplitBehavior

    init(behavior: SplitBehavior = .isolated) { self.behavior = behavior }

    init(_ fields: JSONFields) throws {
        let name = try fields.string("behavior", default: SplitBehavior.isolated.rawValue)
        behavior = try SplitBehavior(name, source: fields.source)
    }

    func preTokenize(_ text: inout PreTokenizedString) {
        text.split(behavior) { $0.contains(.punctuation) }
    }

    var json: JSONValue { ["type": "Punctuation", "behavior": .string(behavior.rawValue)] }
}
