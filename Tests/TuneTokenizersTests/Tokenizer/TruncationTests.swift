import Testing
import TuneBase
import TuneTokenizers

struct TruncationTests {
    @Test func everyCombinationIsAsInPython() throws {
        let tokenizer = try tinyBERT()
        let cases = try golden("truncation.json")["cases"]?.elements ?? []
        #expect(cases.count > 200)
        for item in cases { try check(item, tokenizer) }
    }

    @Test func roomForSpecialTokensIsNeeded() throws {
        let tokenizer = try tinyBERT()
        #expect(throws: TuneError.self) { try tokenizer("hello world", maxLength: 1) }
        #expect(try tokenizer("hello world", maxLength: 2).inputIds == [[6, 7]])
    }

    @Test func negativeSettingsAreRefused() throws {
        let tokenizer = try tinyBERT()
        #expect(throws: TuneError.self) { try tokenizer("hello", maxLength: -1) }
        #expect(throws: TuneError.self) { try tokenizer("hello", maxLength: 8, stride: -1) }
        #expect(throws: TuneError.self) {
            try tokenizer("hello", padding: true, padToMultipleOf: 0)
        }
    }
}

/// Compares one golden batch with what the tokenizer makes of it.
func check(_ item: JSONValue, _ tokenizer: PreTrainedTokenizer) throws {
    let texts = item["texts"]?.strings ?? []
    let options = try #require(item["options"])
    let pairs = item["pairs"]?.array.map { $0.compactMap(\.string) }
    let message = "\(options) \(texts) \(pairs ?? [])"
    func encode() throws -> BatchEncoding {
        try tokenizer(
            texts, pairs, addSpecialTokens: options["add_special_tokens"]?.bool ?? true,
            padding: padding(options["padding"]), truncation: truncation(options["truncation"]),
            maxLength: options["max_length"]?.int, stride: options["stride"]?.int ?? 0,
            padToMultipleOf: options["pad_to_multiple_of"]?.int,
            paddingSide: options["padding_side"]?.string.flatMap(Side.init(rawValue:)),
            returnTokenTypeIds: options["return_token_type_ids"]?.bool,
            returnAttentionMask: options["return_attention_mask"]?.bool,
            returnOverflowingTokens: options["return_overflowing_tokens"]?.bool ?? false,
            returnSpecialTokensMask: true, returnLength: true)
    }
    if item["error"] != nil {
        #expect(throws: TuneError.self, "\(message)") { try encode() }
        return
    }
    let batch = try encode()
    let rows = item["rows"]?.elements ?? []
    #expect(batch.inputIds == rows.map { $0["ids"]?.ints ?? [] }, "\(message)")
    #expect(batch.encodings.map(\.digest) == rows.map { $0["digest"]?.string ?? "" }, "\(message)")
    #expect(batch.names == item["names"]?.strings, "\(message)")
    #expect(try batch.columns.ints("length") == rows.map { $0["ids"]?.ints.count ?? -1 })
    if let samples = item["samples"]?.ints {
        #expect(try batch.columns.ints("overflow_to_sample_mapping") == samples, "\(message)")
    }
}

private func padding(_ value: JSONValue?) -> PaddingStrategy {
    switch value {
    case .bool(true), .string("longest"): .longest
    case .string("max_length"): .maxLength
    default: .none
    }
}

private func truncation(_ value: JSONValue?) -> TruncationStrategy {
    switch value {
    case nil: .automatic
    case .bool(true), .string("longest_first"): .longestFirst
    case .string("only_first"): .onlyFirst
    case .string("only_second"): .onlySecond
    default: .none
    }
}
