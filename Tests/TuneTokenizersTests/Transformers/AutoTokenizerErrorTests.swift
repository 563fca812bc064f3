import Foundation
import Testing
import TuneBase
import TuneTestSupport
import TuneTokenizers

struct AutoTokenizerErrorTests {
    /// The message of the error that loading the given files raises.
    private func failure(_ files: [String: String]) throws -> String {
        try withTemporaryDirectory { directory in
            for (name, content) in files {
                try writeFileAtomically(directory.appendingPathComponent(name), content)
            }
            let error = #expect(throws: TuneError.self) {
                try AutoTokenizer.fromPretrained(directory.path)
            }
            return error?.description ?? ""
        }
    }

    /// A pipeline with one member replaced.
    private func pipeline(_ key: String, _ value: JSONValue) throws -> String {
        var document = try #require(golden("tiny-bert/tokenizer.json").object)
        document[key] = value
        return JSONValue.object(document).serialized()
    }

    @Test func aMissingDirectoryIsNamed() throws {
        let error = #expect(throws: TuneError.self) {
            try AutoTokenizer.fromPretrained("/no/such/directory")
        }
        #expect(error?.code == .missingInput)
        #expect(error?.message == "The directory /no/such/directory does not exist.")
    }

    @Test(arguments: ["bert-base-uncased", "sentence-transformers/all-MiniLM-L6-v2"])
    func aHubIdAsksForADirectory(_ id: String) throws {
        let error = #expect(throws: TuneError.self) { try AutoTokenizer.fromPretrained(id) }
        #expect(error?.description.contains("Hub") == true)
        #expect(error?.description.contains(id) == true)
    }

    @Test func aFileIsNoDirectory() throws {
        let error = #expect(throws: TuneError.self) {
            try AutoTokenizer.fromPretrained(fixtures() + "/tiny-bert/vocab.txt")
        }
        #expect(error?.message.contains("is a file") == true)
    }

    @Test func missingFilesAreNamed() throws {
        #expect(try failure(["config.json": "{}"]).contains("neither tokenizer.json nor vocab.txt"))
    }

    @Test func malformedFilesAreNamed() throws {
        let message = try failure(["tokenizer.json": "{\"version\": "])
        #expect(message.contains("tokenizer.json is not valid JSON"))
        #expect(try failure(["tokenizer.json": "[]"]).contains("tokenizer.json"))
        #expect(try failure(["tokenizer.json": "{}"]).contains("no 'model'"))
        let vocabulary = try failure(["vocab.txt": "[UNK]\n", "tokenizer_config.json": "3"])
        #expect(vocabulary.contains("tokenizer_config.json holds an integer"))
    }

    @Test func theUnknownTokenIsNeeded() throws {
        #expect(
            try failure(["vocab.txt": "a\nb\n"]).contains("no entry for the unknown token '[UNK]'"))
    }

    @Test func impossibleIdsAreRefused() throws {
        for id: JSONValue in [-1, 4_000_000_000, "x"] {
            let model: JSONValue = [
                "type": "WordPiece", "unk_token": "[UNK]", "vocab": ["[UNK]": 0, "a": id],
            ]
            #expect(try failure(["tokenizer.json": pipeline("model", model)]).contains("'a'"))
        }
        let list: JSONValue = ["type": "WordPiece", "vocab": []]
        #expect(try failure(["tokenizer.json": pipeline("model", list)]).contains("'vocab'"))
    }

    @Test(arguments: [
        ("normalizer", "Nmt", "BertNormalizer"), ("pre_tokenizer", "ByteLevel", "Whitespace"),
        ("model", "BPE", "WordPiece"), ("post_processor", "RobertaProcessing", "BertProcessing"),
        ("decoder", "Metaspace", "WordPiece"),
    ])
    func unsupportedComponentsAreNamed(_ key: String, _ type: String, _ known: String) throws {
        let json = try pipeline(key, ["type": .string(type)])
        let message = try failure(["tokenizer.json": json])
        #expect(message.contains("'\(type)', which is not supported yet"))
        #expect(message.contains(known))
    }

    @Test func wrongSettingsAreNamed() throws {
        let vocabulary = "[UNK]\n[CLS]\n[SEP]\n"
        func configuration(_ text: String) throws -> String {
            try failure(["vocab.txt": vocabulary, "tokenizer_config.json": text])
        }
        #expect(try configuration("{\"padding_side\": \"top\"}").contains("padding_side"))
        #expect(try configuration("{\"do_lower_case\": 1}").contains("do_lower_case"))
        #expect(try configuration("{\"split_special_tokens\": true}").contains("split_special"))
        #expect(try configuration("{\"sep_token\": 7}").contains("sep_token"))
        #expect(try configuration("{\"model_max_length\": \"long\"}").contains("model_max_length"))
        #expect(
            try configuration("{\"tokenizer_class\": \"GPT2Tokenizer\"}").contains("tokenizer.json")
        )
    }

    @Test func templatesMustBeComplete() throws {
        let template: JSONValue = [
            "type": "TemplateProcessing", "pair": [], "special_tokens": [:],
            "single": [["SpecialToken": ["id": "[X]", "type_id": 0]]],
        ]
        let message = try failure(["tokenizer.json": pipeline("post_processor", template)])
        #expect(message.contains("'[X]'"))
    }
}
