import Foundation
import Testing
import TuneBase
import TuneTestSupport
import TuneTokenizers

struct AutoTokenizerTests {
    static let variants = (try? golden("variants.json")["cases"]?.elements) ?? []

    @Test(arguments: variants.compactMap { $0["name"]?.string })
    func variantBehavesAsInPython(_ name: String) throws {
        let item = try #require(Self.variants.first { $0["name"]?.string == name })
        try withTemporaryDirectory { directory in
            try writeFiles(item, to: directory)
            let tokenizer = try AutoTokenizer.fromPretrained(directory.path)
            try checkTexts(item, tokenizer)
            #expect(tokenizer.count == item["count"]?.int)
            #expect(tokenizer.vocabSize == item["vocabulary"]?.int)
            #expect(tokenizer.allSpecialTokens == item["special"]?.strings)
            #expect(tokenizer.allSpecialIds == item["special_ids"]?.ints)
            #expect(tokenizer.modelInputNames == item["names"]?.strings)
            for batch in item["batches"]?.elements ?? [] { try check(batch, tokenizer) }
            try checkSaving(item, tokenizer, directory.appendingPathComponent("saved"))
        }
    }

    @Test func thereAreManyVariants() { #expect(Self.variants.count > 35) }

    private func checkTexts(_ item: JSONValue, _ tokenizer: PreTrainedTokenizer) throws {
        let texts = item["texts"]?.strings ?? []
        let rows = item["rows"]?.elements ?? []
        let decoded = item["decoded"]?.strings ?? []
        #expect(!texts.isEmpty && texts.count == rows.count && texts.count == decoded.count)
        for (index, text) in texts.enumerated() {
            let encoding = try tokenizer(text)[0]
            #expect(encoding.ids == rows[index]["ids"]?.ints, "\(pythonRepr(text))")
            #expect(
                encoding.digest == rows[index]["digest"]?.string,
                "\(pythonRepr(text)) \(encoding.tokens) \(encoding.details)")
            let plain = tokenizer.decode(encoding.ids, skipSpecialTokens: true)
            #expect(Array(plain.utf8) == Array(decoded[index].utf8))
        }
    }

    private func checkSaving(
        _ item: JSONValue, _ tokenizer: PreTrainedTokenizer, _ directory: URL
    ) throws {
        try tokenizer.savePretrained(directory.path)
        let configuration = try String(
            contentsOf: directory.appendingPathComponent("tokenizer_config.json"), encoding: .utf8)
        #expect(configuration == item["configuration"]?.string)
        let saved = try JSONValue(contentsOf: directory.appendingPathComponent("tokenizer.json"))
        let expected = try pipeline(item["pipeline"], vocabulary: vocabulary())
        #expect(saved.serialized() == expected.serialized())
    }

    private func writeFiles(_ item: JSONValue, to directory: URL) throws {
        let files = try #require(item["files"]?.object)
        for (name, content) in files.members {
            let content =
                name == "tokenizer.json"
                ? try pipeline(content, vocabulary: vocabulary()) : content
            try writeFileAtomically(
                directory.appendingPathComponent(name), content.serialized())
        }
        guard files["tokenizer.json"] == nil else { return }
        try FileManager.default.copyItem(
            atPath: fixtures() + "/tiny-bert/vocab.txt",
            toPath: directory.appendingPathComponent("vocab.txt").path)
    }

    private func vocabulary() throws -> JSONValue {
        try #require(golden("tiny-bert/tokenizer.json")["model"]?["vocab"])
    }

    /// `tiny-bert`'s pipeline with the members of `changes` and the vocabulary.
    private func pipeline(_ changes: JSONValue?, vocabulary: JSONValue) throws -> JSONValue {
        var document = try #require(golden("tiny-bert/tokenizer.json").object)
        for (key, value) in changes?.object?.members ?? [] { document[key] = value }
        var model = try #require(document["model"]?.object)
        model["vocab"] = vocabulary
        document["model"] = .object(model)
        return .object(document)
    }
}
