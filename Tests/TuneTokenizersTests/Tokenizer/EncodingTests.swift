import Foundation
import Testing
import TuneBase
import TuneTokenizers

struct EncodingTests {
    @Test func everyStringIsEncodedAsInPython() throws {
        let tokenizer = try tinyBERT()
        let cases = try golden("encodings.json")["cases"]?.elements ?? []
        #expect(cases.count > 200)
        for item in cases {
            let text = try #require(item["text"]?.string)
            let row = try #require(item["row"])
            let encoding = try tokenizer(text)[0]
            #expect(encoding.ids == row["ids"]?.ints, "ids of \(pythonRepr(text))")
            #expect(
                encoding.tokens.map { Array($0.utf8) }
                    == row["tokens"]?.strings.map { Array($0.utf8) },
                "tokens of \(pythonRepr(text))")
            for (name, values) in encoding.details {
                #expect(values == row[name]?.ints, "\(name) of \(pythonRepr(text))")
            }
        }
    }

    @Test func everyStringIsTokenizedAndDecodedAsInPython() throws {
        let tokenizer = try tinyBERT()
        for item in try golden("encodings.json")["cases"]?.elements ?? [] {
            let text = try #require(item["text"]?.string)
            let ids = item["row"]?["ids"]?.ints ?? []
            let plain = tokenizer.decode(
                ids, skipSpecialTokens: true, cleanUpTokenizationSpaces: true)
            #expect(
                Array(tokenizer.decode(ids).utf8) == item["decoded"]?.string.map { Array($0.utf8) })
            #expect(Array(plain.utf8) == item["plain"]?.string.map { Array($0.utf8) })
            #expect(try tokenizer.tokenize(text) == item["tokenize"]?.strings)
        }
    }

    @Test func positionsAreFound() throws {
        let encoding = try tinyBERT()("hello walking", "the river")[0]
        #expect(
            encoding.tokens == [
                "[CLS]", "hello", "walk", "##ing", "[SEP]", "the", "river", "[SEP]",
            ])
        #expect(encoding.token(atCharacter: 10) == 3)
        #expect(encoding.token(atCharacter: 5) == nil)
        #expect(encoding.token(atCharacter: 4, sequence: 1) == 6)
        #expect(encoding.tokens(ofWord: 1) == 2..<4)
        #expect(encoding.tokens(ofWord: 2) == nil)
        #expect(encoding.characters(ofWord: 1) == 6..<13)
        #expect(encoding.word(atCharacter: 12) == 1)
    }
}
