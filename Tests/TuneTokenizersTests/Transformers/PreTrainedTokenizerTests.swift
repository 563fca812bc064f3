import Foundation
import Testing
import TuneBase
import TuneTokenizers

struct PreTrainedTokenizerTests {
    @Test func specialTokensAreKnown() throws {
        let tokenizer = try tinyBERT()
        #expect(tokenizer.padToken == "[PAD]")
        #expect(tokenizer.bosToken == nil)
        let ids = [
            tokenizer.padTokenId, tokenizer.unkTokenId, tokenizer.clsTokenId,
            tokenizer.sepTokenId, tokenizer.maskTokenId, tokenizer.eosTokenId,
        ]
        #expect(ids == [0, 5, 6, 7, 8, nil])
        #expect(tokenizer.modelMaxLength == 512)
        #expect(tokenizer.numSpecialTokensToAdd() == 2)
        #expect(tokenizer.numSpecialTokensToAdd(pair: true) == 3)
    }

    @Test func tokensAndIdsAreConverted() throws {
        let tokenizer = try tinyBERT()
        #expect(try tokenizer.convertTokensToIds(["hello", "##ing", "zebra"]) == [236, 219, 5])
        #expect(try tokenizer.convertIdsToTokens([6, 236, 7]) == ["[CLS]", "hello", "[SEP]"])
        #expect(
            try tokenizer.convertIdsToTokens([6, 236, 7], skipSpecialTokens: true) == ["hello"])
        #expect(throws: TuneError.self) { try tokenizer.convertIdsToTokens([100_000]) }
        #expect(throws: TuneError.self) { try tokenizer.convertIdsToTokens([-1]) }
        #expect(tokenizer.token(-100) == nil)
        #expect(tokenizer.decode([-100, 236, 999_999]) == "hello")
    }

    @Test func wordsAreEncodedAsInPython() throws {
        let item = try golden("words.json")
        let texts = item["texts"]?.elements.map(\.strings) ?? []
        let batch = try tinyBERT()(words: texts)
        #expect(!texts.isEmpty && texts.count == batch.count)
        for (encoding, row) in zip(batch.encodings, item["rows"]?.elements ?? []) {
            #expect(encoding.ids == row["ids"]?.ints)
            #expect(encoding.tokens == row["tokens"]?.strings)
            for (name, values) in encoding.details { #expect(values == row[name]?.ints) }
        }
    }

    @Test func batchesEqualSingleTexts() throws {
        let tokenizer = try tinyBERT()
        let texts =
            try golden("encodings.json")["cases"]?.elements.compactMap { $0["text"]?.string } ?? []
        #expect(texts.count > 128, "more than one chunk per thread")
        let pairs = Array(texts.reversed())
        let batch = try tokenizer(texts, pairs)
        for (index, encoding) in batch.encodings.enumerated() where !pairs[index].isEmpty {
            #expect(encoding.digest == (try tokenizer(texts[index], pairs[index])[0].digest))
        }
    }

    @Test func anEmptySecondTextCountsOnlyInBatches() throws {
        let tokenizer = try tinyBERT()
        #expect(try tokenizer("hello", "").inputIds == [[6, 236, 7]])
        #expect(try tokenizer(["hello"], [""]).inputIds == [[6, 236, 7, 7]])
    }

    @Test func addedTokensGetTheNextIds() throws {
        let tokenizer = try tinyBERT()
        let larger = tokenizer.adding([
            AddedToken("<new>"), AddedToken("[NEXT]", isSpecial: true),
        ])
        #expect(larger.count == tokenizer.count + 2)
        #expect(larger.vocabSize == tokenizer.vocabSize)
        let encoding = try larger("hello<new>[NEXT]")[0]
        #expect(encoding.ids == [6, 236, tokenizer.count, tokenizer.count + 1, 7])
        #expect(larger.decode(encoding.ids, skipSpecialTokens: true) == "hello <new>")
        #expect(
            try tokenizer("<new>")[0].tokens == ["[CLS]", "<", "n", "##e", "##w", ">", "[SEP]"])
    }

    @Test func batchesMustMatch() throws {
        let tokenizer = try tinyBERT()
        #expect(throws: TuneError.self) { try tokenizer(["a", "b"], ["c"]) }
    }
}
