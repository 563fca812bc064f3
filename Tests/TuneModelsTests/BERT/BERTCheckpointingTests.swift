import Testing
import TuneBase
import TuneModels
import TuneNN
import TuneTestSupport
import TuneTorch

@Suite(.serialized) struct BERTCheckpointingTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var mode: ExecutionMode
        var autocast: Autocast?
        var interval: Int
        var testDescription: String { "\(mode) \(autocast == nil ? "fp32" : "bf16") \(interval)" }
    }

    static let precisions: [Autocast?] = [nil, Autocast(.cpu, dtype: .bfloat16)]
    static let cases: [Case] = ExecutionMode.allCases.flatMap { mode in
        precisions.flatMap { autocast in
            [1, 2, 3, 7].map { Case(mode: mode, autocast: autocast, interval: $0) }
        }
    }

    /// A model of five layers with dropout.
    private func model(interval: Int?) throws -> BERTForSequenceClassification {
        let model = try tinyBERT(dropout: 0.2, layers: 5)
        if let interval { try model.gradientCheckpointingEnable(everyNLayers: interval) }
        return model
    }

    /// Losses, gradients and what is drawn next after two batches, whose gradients add up.
    private func outcome(
        _ model: BERTForSequenceClassification, _ mode: ExecutionMode = .fast
    ) throws -> [[Float]] {
        manualSeed(11)
        let losses = try (0..<2).map { step in
            let batch = tinyBatch(mask: paddingMask([7, 20, 13]), seed: UInt64(step))
            let loss = try ExecutionMode.$current.withValue(mode) {
                try #require(try model(batch).loss)
            }
            loss.backward()
            return Float(loss.item())
        }
        let gradients = model.parameters().map { $0.grad?.floats() ?? [] }
        return [losses, Tensor.rand([3]).floats()] + gradients
    }

    @Test(arguments: cases) func lossesAndGradientsKeepTheirBits(_ test: Case) throws {
        try withSharedRandomness {
            let outcomes = try [nil, test.interval].map { interval in
                let model = try model(interval: interval)
                model.autocast = test.autocast
                return try withThreads(1) { try outcome(model, test.mode) }
            }
            #expect(outcomes[0] == outcomes[1])
        }
    }

    @Test func frozenLayersStayWithoutGradient() throws {
        try withSharedRandomness {
            let outcomes = try [nil, 2].map { interval in
                let model = try model(interval: interval)
                for (name, parameter) in model.namedParameters()
                where name.contains("embeddings") || name.contains("layer.0.")
                    || name.contains("layer.1.") || name.contains("layer.2.attention")
                {
                    parameter.requiresGrad = false
                }
                return try withThreads(1) { try outcome(model) }
            }
            #expect(outcomes[0] == outcomes[1])
            #expect(outcomes[1].contains([]))
        }
    }

    @Test func evaluationAndDisabledModelsKeepTheirWay() throws {
        try withSharedRandomness {
            let model = try model(interval: 1)
            #expect(model.isGradientCheckpointing)
            model.eval()
            let batch = tinyBatch(mask: paddingMask([7, 20]), seed: 0)
            let logits = try withoutGradients { try model(batch).logits.floats() }
            model.gradientCheckpointingDisable()
            #expect(!model.isGradientCheckpointing)
            #expect(try withoutGradients { try model(batch).logits.floats() } == logits)
        }
    }

    @Test func groupsHaveAtLeastOneLayer() throws {
        try withSharedRandomness {
            let error = try #require(throws: TuneError.self) { try model(interval: 0) }
            #expect(error.code == .badConfig)
        }
    }

    #if os(Linux)
    /// The bytes that the graph of a forward pass keeps.
    private func kept(interval: Int?) throws -> Int {
        let model = try model(interval: interval)
        let batch = tinyBatch(mask: paddingMask(Array(repeating: 64, count: 32)), seed: 0)
        let before = TorchRuntime.retainedMemory.used
        let loss = try #require(try model(batch).loss)
        return withExtendedLifetime(loss) { TorchRuntime.retainedMemory.used - before }
    }

    @Test func recomputedLayersKeepTheirInputOnly() throws {
        TorchRuntime.retainFreedMemory()
        try withSharedRandomness {
            // Others ask for memory and free it meanwhile.
            let found = try (0..<5).map { _ in try (kept(interval: nil), kept(interval: 1)) }
            #expect(found.contains { $0.0 > 0 && $0.1 > 0 && 4 * $0.1 < $0.0 }, "\(found)")
        }
    }
    #endif
}
