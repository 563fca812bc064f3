import Foundation
import Testing
import TuneBase
import TuneModels
import TuneNN
import TuneTestSupport
import TuneTorch

/// Python's numbers for the tiny models in `Fixtures`, made by `Tools/goldens/bert.py`.
struct BERTGoldens {
    let json: JSONValue
    let batch: TensorBatch
    static let folder = fixtures(beside: #filePath)

    init() throws {
        let file = URL(fileURLWithPath: "\(Self.folder)/bert.json")
        json = try JSONValue(contentsOf: file)
        var batch: TensorBatch = [:]
        for (name, rows) in try #require(json["batch"]?.object).members {
            let rows = try #require(rows.array)
            batch[name] = Tensor(try integers(.array(rows))).reshape([rows.count, -1])
        }
        self.batch = batch
    }

    func section(_ name: String) throws -> JSONValue { try #require(json[name]) }
}

/// All numbers of a nested list, in order.
func numbers(_ value: JSONValue?) throws -> [Double] {
    let value = try #require(value)
    if let number = value.double { return [number] }
    return try #require(value.array).flatMap { try numbers($0) }
}

func integers(_ value: JSONValue?) throws -> [Int] { try numbers(value).map { Int($0) } }

func expectClose(_ found: Tensor, _ expected: [Double], _ tolerance: Double) {
    let values = found.detached().doubles()
    #expect(values.count == expected.count)
    for (a, b) in zip(values, expected) { #expect(abs(a - b) <= tolerance * max(1, abs(b))) }
}

@Suite(.serialized) struct BERTGoldenTests {
    @Test(arguments: ExecutionMode.allCases)
    func classifierFollowsPython(mode: ExecutionMode) throws {
        let goldens = try BERTGoldens()
        let model = try AutoModelForSequenceClassification.fromPretrained(
            "\(BERTGoldens.folder)/tiny-classifier")
        let section = try goldens.section("single_label")
        var batch = goldens.batch
        batch["labels"] = Tensor(try integers(section["labels"]))
        try expectStep(model, batch, section, mode)
    }

    @Test(arguments: ExecutionMode.allCases)
    func multiLabelFollowsPython(mode: ExecutionMode) throws {
        let goldens = try BERTGoldens()
        let model = try AutoModelForSequenceClassification.fromPretrained(
            "\(BERTGoldens.folder)/tiny-classifier")
        let section = try goldens.section("multi_label")
        var batch = goldens.batch
        batch["labels"] = Tensor(try numbers(section["labels"]).map(Float.init)).reshape([3, 3])
        try expectStep(model, batch, section, mode)
        #expect(model.configuration["problem_type"] == "multi_label_classification")
    }

    /// The weighted mean of the rows' losses is the loss of the batch, for every problem.
    @Test(arguments: ["ignored", "single", "multi"])
    func rowLossesMakeTheLoss(problem: String) throws {
        let labels =
            switch problem {
            case "ignored": Tensor([2, -100, 1])
            case "single": Tensor([0, 1, 2])
            default: Tensor([0, 1, 0, 1, 1, 0, 0, 0, 1] as [Float], [3, 3])
            }
        let model = try BERTForSequenceClassification.fromPretrained(
            "\(BERTGoldens.folder)/tiny-classifier")
        var batch = try BERTGoldens().batch
        batch["labels"] = labels
        try withoutGradients {
            let output = try model(batch)
            let rows = try model.rowLosses(logits: output.logits, labels: labels)
            #expect(rows.values.shape == [3])
            let mean = (rows.values * rows.weights).sum() / rows.weights.sum()
            #expect(abs(mean.item() - (output.loss?.item() ?? .nan)) < 1e-6)
        }
    }

    @Test func newHeadIsDrawnAsInPython() throws {
        try withSharedRandomness {
            let goldens = try BERTGoldens()
            manualSeed(42)
            let model = try AutoModelForSequenceClassification.fromPretrained(
                "\(BERTGoldens.folder)/tiny-backbone", numLabels: 1)
            let head = try #require(
                model.namedParameters().first { $0.name == "classifier.weight" })
            expectClose(head.tensor, try numbers(goldens.json["new_head"]), 1e-6)
            let next = Tensor.zeros([1], dtype: .int64).random_().itemInt()
            #expect(next == goldens.json["after_new_head"]?.int)
            let section = try goldens.section("regression")
            var batch = goldens.batch
            batch["labels"] = Tensor(try numbers(section["labels"]).map(Float.init))
            try expectStep(model, batch, section, .reference)
        }
    }

    @Test func backboneFollowsPython() throws {
        let goldens = try BERTGoldens()
        let model = try BERTModel.fromPretrained("\(BERTGoldens.folder)/tiny-backbone")
        let output = try withoutGradients { try model(goldens.batch) }
        let section = try goldens.section("backbone")
        expectClose(output.poolerOutput, try numbers(section["pooled"]), 1e-5)
        expectClose(
            output.lastHiddenState.select(dim: 0, index: 0),
            try numbers(section["first_hidden"]), 1e-5)
    }

    @Test func headModelLoadsAsBackbone() throws {
        let goldens = try BERTGoldens()
        let (model, report) = try BERTModel.load("\(BERTGoldens.folder)/tiny-classifier")
        #expect(report.missing.isEmpty)
        #expect(report.unexpected == ["classifier.bias", "classifier.weight"])
        let output = try withoutGradients { try model(goldens.batch) }
        expectClose(
            output.poolerOutput, try numbers(goldens.section("backbone")["pooled"]), 1e-5)
    }

    @Test func parametersHavePythonsNamesAndOrder() throws {
        let goldens = try BERTGoldens()
        let model = try BERTForSequenceClassification.fromPretrained(
            "\(BERTGoldens.folder)/tiny-classifier")
        let expected = try #require(goldens.json["keys"]?.array).compactMap(\.string)
        #expect(model.namedParameters().map(\.name) == expected)
    }

    @Test func modelsFromScratchAreDrawnAsInPython() throws {
        try withSharedRandomness {
            let goldens = try BERTGoldens()
            var config = BERTConfig()
            (config.vocabSize, config.hiddenSize, config.intermediateSize) = (60, 16, 32)
            (config.numHiddenLayers, config.numAttentionHeads) = (2, 4)
            config.maxPositionEmbeddings = 24
            manualSeed(0)
            try expectSummary(
                BERTForSequenceClassification(config), goldens.section("from_scratch"))
            manualSeed(0)
            try expectSummary(BERTModel(config), goldens.section("from_scratch_backbone"))
        }
    }

    private func expectSummary(_ model: Module, _ section: JSONValue) throws {
        for (name, tensor) in model.namedParameters() {
            let expected = try numbers(section[name])
            let values = tensor.detached().doubles()
            #expect(abs(values[0] - expected[0]) < 1e-6, "\(name)")
            #expect(abs(values.reduce(0, +) - expected[1]) < 1e-4, "\(name)")
        }
    }

    private func expectStep(
        _ model: any TrainableModel, _ batch: TensorBatch, _ section: JSONValue,
        _ mode: ExecutionMode
    ) throws {
        let output = try ExecutionMode.$current.withValue(mode) { try model(batch) }
        expectClose(output.logits, try numbers(section["logits"]), 1e-5)
        let loss = try #require(output.loss)
        expectClose(loss, try numbers(section["loss"]), 1e-5)
        loss.backward()
        for (name, parameter) in model.namedParameters() {
            let gradient = try #require(parameter.grad, "\(name)")
            let expected = try numbers(section["gradient_norms"]?[name])
            expectClose(gradient.norm(), expected, 1e-4)
        }
    }
}
