import Foundation
import Testing
import TuneBase
import TuneTokenizers

struct VocabularyTests {
    private func vocabulary(_ entries: [(token: String, id: Int)]) throws -> Vocabulary {
        try Vocabulary(entries, source: "test")
    }

    @Test func canonicallyEquivalentTokensStayApart() throws {
        let vocabulary = try vocabulary([("\u{E9}", 0), ("e\u{301}", 1)])
        #expect(vocabulary.id(of: "\u{E9}") == 0)
        #expect(vocabulary.id(of: "e\u{301}") == 1)
        #expect(vocabulary.count == 2)
    }

    @Test func aRepeatedTokenKeepsItsLastId() throws {
        let vocabulary = try vocabulary([("a", 0), ("b", 1), ("a", 5)])
        #expect(vocabulary.id(of: "a") == 5)
        #expect(vocabulary.token(0) == nil)
        #expect(vocabulary.token(5) == "a")
        #expect(vocabulary.token(3) == nil)
        #expect(vocabulary.token(-1) == nil)
        #expect(vocabulary.count == 2)
    }

    @Test func linesLoseWhitespaceAtTheirEnds() throws {
        try withTemporaryDirectory { directory in
            try writeFileAtomically(
                directory.appendingPathComponent("vocab.txt"),
                "[UNK]\r\n[CLS] \n[SEP]\n b\u{3000}\n\u{301}\n")
            let tokenizer = try AutoTokenizer.fromPretrained(directory.path)
            #expect(tokenizer.tokenId("[CLS]") == 1)
            #expect(tokenizer.tokenId(" b") == 3)
            #expect(tokenizer.tokenId("\u{301}") == 4)
            #expect(tokenizer.vocabSize == 5)
        }
    }
}
