import Foundation
import Testing
import TuneBase
import TuneTestSupport
import TuneTokenizers

struct PreTrainedTokenizerSaveTests {
    private static let checkpoint =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent(".deps/checkpoints/all-MiniLM-L6-v2").path

    @Test func filesAreTheBytesThatPythonWrites() throws {
        try withTemporaryDirectory { directory in
            try tinyBERT().savePretrained(directory.path)
            let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
            #expect(names.sorted() == ["tokenizer.json", "tokenizer_config.json"])
            for name in names {
                let saved = try Data(contentsOf: directory.appendingPathComponent(name))
                let original = try Data(
                    contentsOf: URL(fileURLWithPath: fixtures() + "/tiny-bert/" + name))
                #expect(saved == original, "\(name)")
            }
        }
    }

    @Test func chatTemplatesGetTheirFile() throws {
        try withTemporaryDirectory { directory in
            for name in ["tokenizer.json", "tokenizer_config.json"] {
                try FileManager.default.copyItem(
                    atPath: fixtures() + "/tiny-bert/" + name, toPath: directory.path + "/" + name)
            }
            try writeFileAtomically(
                directory.appendingPathComponent("chat_template.jinja"), "{{ messages }}")
            let saved = directory.appendingPathComponent("saved")
            try AutoTokenizer.fromPretrained(directory.path).savePretrained(saved.path)
            let template = try String(
                contentsOf: saved.appendingPathComponent("chat_template.jinja"), encoding: .utf8)
            #expect(template == "{{ messages }}")
        }
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: checkpoint)))
    func aRealCheckpointComesBackUnchanged() throws {
        let tokenizer = try AutoTokenizer.fromPretrained(Self.checkpoint)
        let text = "Byte-exact tokenisation of “café”, 你好 and don't."
        let ids = try tokenizer(text).inputIds
        try withTemporaryDirectory { directory in
            try tokenizer.savePretrained(directory.path)
            let again = try AutoTokenizer.fromPretrained(directory.path)
            #expect(try again(text).inputIds == ids)
            #expect(again.vocabSize == 30522)
            #expect(again.modelMaxLength == 512)
        }
    }
}
