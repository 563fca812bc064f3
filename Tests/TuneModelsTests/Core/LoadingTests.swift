import Foundation
import Logging
import Testing
import TuneBase
import TuneModels
import TuneNN
import TuneTestSupport
import TuneTorch

@Suite struct LoadingTests {
    private let classifier = "\(fixtures(beside: #filePath))/tiny-classifier"
    private let backbone = "\(fixtures(beside: #filePath))/tiny-backbone"

    /// A copy of a fixture that a test may damage.
    private func copy(of path: String) throws -> URL {
        let target = FileManager.default.temporaryDirectory
            .appendingPathComponent("finetune-\(UUID().uuidString)")
        try FileManager.default.copyItem(at: URL(fileURLWithPath: path), to: target)
        return target
    }

    private func message(_ body: () throws -> Void) -> String {
        do { try body() } catch { return "\(error)" }
        return ""
    }

    private func editConfig(_ directory: URL, _ change: (inout JSONObject) -> Void) throws {
        let file = directory.appendingPathComponent("config.json")
        var object = try #require(JSONValue(contentsOf: file).object)
        change(&object)
        try writeFileAtomically(file, JSONValue.object(object).serialized(indent: 2))
    }

    @Test func reportListsNewWeights() throws {
        try withSharedRandomness {
            let (_, report) = try BERTForSequenceClassification.load(backbone)
            #expect(report.missing == ["classifier.bias", "classifier.weight"])
            #expect(report.unexpected.isEmpty)
            #expect("\(report)".contains("BertForSequenceClassification LOAD REPORT from: "))
            #expect("\(report)".contains("classifier.weight | MISSING |"))
            #expect("\(report)".contains("newly initialized"))
        }
    }

    @Test func savedModelIsTheSame() throws {
        let model = try AutoModelForSequenceClassification.fromPretrained(classifier)
        let directory = try copy(of: classifier)
        try FileManager.default.removeItem(at: directory)
        try model.savePretrained(directory)
        let again = try AutoModelForSequenceClassification.fromPretrained(directory.path)
        for (a, b) in zip(model.namedParameters(), again.namedParameters()) {
            #expect(a.name == b.name)
            #expect(a.tensor.floats() == b.tensor.floats())
        }
        #expect(model.configuration == again.configuration)
    }

    @Test func savedFilesEqualPythons() throws {
        let model = try AutoModelForSequenceClassification.fromPretrained(classifier)
        let directory = try copy(of: classifier)
        try model.savePretrained(directory)
        for name in ["config.json", "model.safetensors"] {
            let ours = try Data(contentsOf: directory.appendingPathComponent(name))
            let pythons = try Data(contentsOf: URL(fileURLWithPath: "\(classifier)/\(name)"))
            #expect(ours == pythons, "\(name)")
        }
    }

    @Test func unknownConfigKeysSurvive() throws {
        let directory = try copy(of: classifier)
        try editConfig(directory) { $0["house_style"] = ["a", 1] }
        let model = try AutoModelForSequenceClassification.fromPretrained(directory.path)
        #expect(model.configuration["house_style"] == ["a", 1])
    }

    @Test func missingDirectoryIsNamed() {
        let text = message { _ = try AutoModel.fromPretrained("/nowhere/bert") }
        #expect(text.contains("no checkpoint directory '/nowhere/bert'"))
    }

    @Test func unknownArchitectureSuggestsKnown() throws {
        let directory = try copy(of: classifier)
        try editConfig(directory) { $0["model_type"] = "bertt" }
        let text = message {
            _ = try AutoModelForSequenceClassification.fromPretrained(directory.path)
        }
        #expect(text.contains("'bertt' is not supported"))
        #expect(text.contains("Did you mean 'bert'?"))
    }

    @Test func wrongShapesNameTheWeight() throws {
        let directory = try copy(of: classifier)
        try editConfig(directory) { $0["hidden_size"] = 8 }
        let text = message { _ = try AutoModel.fromPretrained(directory.path) }
        #expect(text.contains("'embeddings.word_embeddings.weight' has shape [60, 16]"))
        #expect(text.contains("[60, 8]"))
    }

    @Test func mismatchedHeadCanBeReplaced() throws {
        try withSharedRandomness {
            let text = message {
                _ = try AutoModelForSequenceClassification.fromPretrained(classifier, numLabels: 5)
            }
            #expect(text.contains("classifier.weight"))
            let model = try AutoModelForSequenceClassification.fromPretrained(
                classifier, numLabels: 5
            ) { $0.ignoreMismatchedSizes = true }
            #expect(model.numLabels == 5)
        }
    }

    @Test func truncatedWeightsAreRefused() throws {
        let directory = try copy(of: classifier)
        let file = directory.appendingPathComponent("model.safetensors")
        let data = try Data(contentsOf: file)
        try data.prefix(data.count / 2).write(to: file)
        let text = message { _ = try AutoModel.fromPretrained(directory.path) }
        #expect(text.contains("model.safetensors"))
    }

    @Test func pickledWeightsAreNotRead() throws {
        let directory = try copy(of: classifier)
        try FileManager.default.moveItem(
            at: directory.appendingPathComponent("model.safetensors"),
            to: directory.appendingPathComponent("pytorch_model.bin"))
        let text = message { _ = try AutoModel.fromPretrained(directory.path) }
        #expect(text.contains("pickle"))
    }

    @Test func shardNamesStayInTheDirectory() throws {
        let directory = try copy(of: classifier)
        try FileManager.default.removeItem(
            at: directory.appendingPathComponent("model.safetensors"))
        try writeFileAtomically(
            directory.appendingPathComponent("model.safetensors.index.json"),
            #"{"weight_map": {"a": "../../etc/passwd"}}"#)
        let text = message { _ = try AutoModel.fromPretrained(directory.path) }
        #expect(text.contains("outside its directory"))
    }

    @Test(arguments: [
        ("hidden_act", JSONValue.string("gelo"), "Did you mean 'gelu'?"),
        ("num_attention_heads", 3, "not a multiple"),
        ("hidden_dropout_prob", 1.5, "not in 0..<1"),
        ("vocab_size", "many", "'vocab_size' is a string"),
        ("problem_type", "regresion", "Did you mean 'regression'?"),
        ("num_hidden_layers", -1, "'num_hidden_layers' is -1"),
    ])
    func badConfigValuesAreExplained(key: String, value: JSONValue, expected: String) throws {
        let directory = try copy(of: classifier)
        try editConfig(directory) { $0[key] = value }
        let text = message { _ = try AutoModel.fromPretrained(directory.path) }
        #expect(text.contains(expected), "\(text)")
    }
}
