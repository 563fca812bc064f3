import Testing
import TuneTestSupport
import TuneTorch

/// A second run draws from the default generator at an earlier state, so that backward passes need it
/// for themselves.
@Suite(.serialized) struct RecomputationTests {
    /// A layer with dropout, a product and a nonlinearity.
    private func layer(_ weight: Tensor, _ x: Tensor) -> Tensor {
        x.linear(weight: weight).gelu().dropout(p: 0.4, training: true)
    }

    /// Results and gradients of two layers, each kept or recomputed.
    private func run(
        recomputes: Bool, autocast: Autocast? = nil, inputNeedsGradient: Bool = true
    ) throws -> [[Float]] {
        manualSeed(3)
        let x = Tensor.randn([5, 8])
        x.requiresGrad = inputNeedsGradient
        let weights = [Tensor.randn([8, 8]), Tensor.randn([8, 8])]
        for weight in weights { weight.requiresGrad = true }
        let y = withAutocast(autocast) {
            weights.reduce(x) { x, weight in
                recomputes ? x.recomputed { layer(weight, $0) } : layer(weight, x)
            }
        }
        let z = y.to(.float32)
        (z * z).sum().backward()
        let next = Tensor.rand([4])
        let gradients = try weights.map { try #require($0.grad) } + [x.grad].compactMap(\.self)
        return ([y.detached().to(.float32), next] + gradients).map { $0.floats() }
    }

    static let precisions: [Autocast?] = [nil, Autocast(.cpu, dtype: .bfloat16)]

    @Test(arguments: precisions)
    func resultsGradientsAndLaterDrawsKeepTheirBits(autocast: Autocast?) throws {
        try withSharedRandomness {
            for needsGradient in [true, false] {
                let kept = try run(
                    recomputes: false, autocast: autocast, inputNeedsGradient: needsGradient)
                let recomputed = try run(
                    recomputes: true, autocast: autocast, inputNeedsGradient: needsGradient)
                #expect(kept == recomputed)
                #expect(kept.count == (needsGradient ? 5 : 4))
            }
        }
    }

    @Test func bodyRunsAgainInTheBackwardPassOnly() {
        withSharedRandomness {
            var runs = 0
            let x = Tensor.ones([2])
            x.requiresGrad = true
            let body = { (x: Tensor) -> Tensor in
                runs += 1
                return x * 3
            }
            _ = withoutGradients { x.recomputed(body) }
            #expect(runs == 1)
            let y = x.recomputed(body).sum()
            #expect(runs == 2)
            y.backward()
            #expect(runs == 3)
            #expect(x.grad?.floats() == [3, 3])
        }
    }

    @Test func closureIsReleasedWithTheGraph() {
        final class Token {}
        weak var token: Token?
        withSharedRandomness {
            let x = Tensor.ones([2])
            x.requiresGrad = true
            let held = Token()
            token = held
            let y = x.recomputed { [held] x in withExtendedLifetime(held) { x * 2 } }.sum()
            y.backward()
        }
        #expect(token == nil)
    }

    @Test func failuresOfTheFirstRunAreThrown() throws {
        let error = try #require(throws: TorchError.self) {
            try catchingTorchErrors {
                Tensor.ones([2, 3]).recomputed { $0.matmul(Tensor.ones([2, 3])) }
            }
        }
        #expect(error.description.contains("matmul"))
    }

    @Test func failuresOfTheSecondRunAreThrownByTheBackwardPass() throws {
        var runs = 0
        let x = Tensor.ones([2, 3])
        x.requiresGrad = true
        let y = x.recomputed { x in
            runs += 1
            return x.matmul(Tensor.ones([runs == 1 ? 3 : 4, 2]))
        }.sum()
        let error = try #require(throws: TorchError.self) {
            try withSharedRandomness { try catchingTorchErrors { y.backward() } }
        }
        #expect(error.operation == "backward")
        #expect(error.description.contains("matmul"))
        #expect(x.grad == nil)
    }

    @Test func memoryRunningOutInTheSecondRunKeepsItsKind() throws {
        var runs = 0
        let x = Tensor.ones([2])
        x.requiresGrad = true
        let y = x.recomputed { x in
            runs += 1
            return runs == 1 ? x * 2 : x * Tensor.ones([1 << 50])
        }.sum()
        let error = try #require(throws: TorchError.self) {
            try withSharedRandomness { try catchingTorchErrors { y.backward() } }
        }
        #expect(error.isOutOfMemory)
    }

    @Test func segmentsMayContainSegments() {
        withSharedRandomness {
            let x = Tensor([2.0 as Float])
            x.requiresGrad = true
            let y = x.recomputed { outer in (outer * outer).recomputed { $0 * $0 } }
            y.sum().backward()
            #expect(x.grad?.floats() == [32])
        }
    }
}
