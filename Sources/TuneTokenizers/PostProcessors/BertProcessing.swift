import TuneBase

/// `[CLS] A [SEP]` and `[CLS] A [SEP] B [SEP]`.
struct BertProcessing: PostProcessor {
    let separator: SpecialToken
    let classifier: SpecialToken

    /// A token and its id, written `["[SEP]", 102]`.
    struct SpecialToken: Sendable {
        let content: String
        let id: Int

        init(_ fields: JSONFields, _ key: String) throws {
            guard let pair = fields.object[key]?.array, pair.count == 2,
                let content = pair[0].string, let id = pair[1].int
            else {
                throw TuneError(
                    .badConfig, "\(fields.source): '\(key)' is not a pair of token and id.",
                    remedy: "Write it as in [\"[SEP]\", 102].")
            }
            (self.content, self.id) = (content, id)
        }

        var json: JSONValue { [.string(content), .int(id)] }
    }

    init(_ fields: JSONFields) throws {
        separator = try SpecialToken(fields, "sep")
        classifier = try SpecialToken(fields, "cls")
    }

    func addedTokenCount(isPair: Bool) -> Int { isPair ? 3 : 2 }

    func process(
        _ first: [EncodedToken], _ second: [EncodedToken]?, addsSpecialTokens: Bool
    ) -> [EncodedToken] {
        guard addsSpecialTokens else { return first + (second ?? []) }
        var row = [EncodedToken.special(id: classifier.id, type: 0)]
        row += first.map { $0.typed(0) }
        row.append(.special(id: separator.id, type: 0))
        guard let second else { return row }
        row += second.map { $0.typed(1) }
        row.append(.special(id: separator.id, type: 1))
        return row
    }

    var json: JSONValue {
        ["type": "BertProcessing", "sep": separator.json, "cls": classifier.json]
    }
}

extension EncodedToken {
    /// The token with another type id.
    @inline(__always)
    func typed(_ type: Int) -> EncodedToken {
        var result = self
        result.type = Int32(truncatingIfNeeded: type)
        return result
    }
}
