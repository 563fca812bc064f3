import Testing
import TuneNN
import TuneTestSupport
import TuneTorch

private final class Inner: Module {
    override class var checkpointNames: [String: String] { ["layerNorm": "LayerNorm"] }
    let firstMap = Linear(3, 2)
    let layerNorm = LayerNorm(2)
    let width = 3
}

private class Outer: Module {
    let blocks = [Inner(), Inner()]
    let scale: Tensor = .parameter([1])
    let nothing: Linear? = nil
}

private final class Derived: Outer {
    let head = Linear(2, 1, bias: false)
    let dropout = Dropout(0.5)
}

@Suite struct ModuleTests {
    @Test func namesFollowFieldsInOrder() {
        let names = Derived().namedParameters().map(\.name)
        let block = [
            "first_map.weight", "first_map.bias", "LayerNorm.weight", "LayerNorm.bias",
        ]
        #expect(
            names == block.map { "blocks.0.\($0)" } + block.map { "blocks.1.\($0)" } + [
                "scale", "head.weight",
            ])
    }

    @Test func childrenComeBeforeParents() {
        let names = Derived().namedModules().map(\.name)
        #expect(
            names == [
                "blocks.0.first_map", "blocks.0.LayerNorm", "blocks.0", "blocks.1.first_map",
                "blocks.1.LayerNorm", "blocks.1", "head", "dropout", "",
            ])
    }

    @Test func trainingModeReachesAll() {
        let module = Derived()
        #expect(module.dropout.activeProbability == 0.5)
        module.eval()
        #expect(!module.isTraining)
        #expect(module.dropout.activeProbability == 0)
        let ones = Tensor.ones([8])
        #expect(module.dropout(ones).floats() == ones.floats())
        module.train()
        #expect(module.blocks[1].firstMap.isTraining)
    }

    @Test func countsAndConverts() {
        let module = Derived()
        #expect(module.parameterCount() == 2 * (6 + 2 + 4) + 1 + 2)
        module.head.weight.requiresGrad = false
        #expect(module.parameterCount(trainableOnly: true) == 2 * (6 + 2 + 4) + 1)
        module.to(.bfloat16)
        #expect(module.parameters().allSatisfy { $0.dtype == .bfloat16 })
    }

    @Test func initializationKeepsWhatIsLoaded() {
        withSharedRandomness {
            let module = Inner()
            withoutGradients { _ = module.firstMap.weight.fill_(7) }
            module.initializeAllWeights(range: 0.02, keeping: ["first_map.weight"])
            #expect(module.firstMap.weight.floats() == Array(repeating: 7, count: 6))
            #expect(module.firstMap.bias?.floats() == [0, 0])
            #expect(module.layerNorm.weight.floats() == [1, 1])
        }
    }

    @Test func embeddingPaddingIsZero() {
        withSharedRandomness {
            let embedding = Embedding(4, 3, paddingIndex: 2)
            embedding.initializeAllWeights(range: 1)
            let rows = embedding.weight.floats()
            #expect(rows[6..<9].allSatisfy { $0 == 0 })
            #expect(!rows[0..<6].contains(0))
        }
    }

    @Test func activationsAreKeptApart() throws {
        let x = Tensor([1.5] as [Float])
        let exact = try Activation(named: "gelu")(x).item()
        let approximate = try Activation(named: "gelu_new")(x).item()
        #expect(abs(exact - 1.399789) < 1e-5)
        #expect(abs(approximate - 1.399571) < 1e-5)
        #expect(throws: (any Error).self) { try Activation(named: "mish2") }
    }
}
