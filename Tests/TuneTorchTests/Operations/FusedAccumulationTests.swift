import Testing
import TuneTestSupport
import TuneTorch

/// Gradients that exist already are added to in place; all ways there must give the same sums.
@Suite struct FusedAccumulationTests {
    private typealias Layer = ([Tensor], Bool) -> Tensor

    private static let attention = FusedAttentionTests.Case(
        lengths: [7, 1, 12], inputs: 32, heads: 2, width: 16)

    /// Operands and the layer, fused or plain.
    private func layers() -> [(String, [Tensor], Layer)] {
        let draw = Operands(seed: 41)
        let linear = [draw.leaf([20, 32]), draw.leaf([48, 32], scale: 0.3), draw.leaf([48])]
        let narrow = [draw.leaf([20, 5]), draw.leaf([7, 5], scale: 0.3), draw.leaf([7])]
        let plainLinear: Layer = { t, isFused in
            isFused
                ? t[0].fusedLinear(weight: t[1], bias: t[2])
                : t[0].linear(weight: t[1], bias: t[2])
        }
        return [
            ("linear", linear, plainLinear),
            ("narrow linear", narrow, plainLinear),
            (
                "feed-forward", FusedFeedForwardTests.operands([20, 32, 48]),
                { t, isFused in
                    isFused ? FusedFeedForwardTests.fused(t) : FusedFeedForwardTests.plain(t)
                }
            ),
            (
                "norm", FusedResidualNormTests.operands([20, 32, 32]),
                { t, isFused in
                    isFused ? FusedResidualNormTests.fused(t) : FusedResidualNormTests.plain(t)
                }
            ),
            (
                "attention", FusedAttentionTests.operands(Self.attention),
                { t, isFused in
                    isFused
                        ? FusedAttentionTests.fused(t, Self.attention)
                        : FusedAttentionTests.plain(t, Self.attention)
                }
            ),
            (
                "embedding", FusedEmbeddingTests.tables(32),
                { t, isFused in
                    isFused
                        ? FusedEmbeddingTests.fused(t, FusedEmbeddingTests.ids([20]), padding: 0)
                        : FusedEmbeddingTests.plain(t, shape: [20], padding: 0)
                }
            ),
        ]
    }

    private func expectEqualGradients(
        _ found: [Tensor], _ expected: [Tensor], _ name: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        for (index, (a, b)) in zip(found, expected).enumerated() {
            let error = a.grad.flatMap { a in b.grad.map { relativeError(a, $0) } }
            let isRounding = name == "attention" && index == FusedAttentionTests.keyBias
            #expect(
                (error ?? 1) < (isRounding ? 5e-3 : 2e-5), "\(name) \(index)",
                sourceLocation: sourceLocation)
        }
    }

    @Test func twoPassesAddUp() {
        for (name, operands, layer) in layers() {
            let references = copies(of: operands, .float64)
            for seed: UInt64 in [1, 2, 3] {
                let y = layer(operands, true)
                let gradient = Operands(seed: seed).fixed(y.shape)
                y.backward(gradient: gradient)
                layer(references, false).backward(gradient: gradient.to(.float64))
            }
            expectEqualGradients(operands, references, name)
        }
    }

    @Test func laterPassesKeepTheTensorOfTheGradient() {
        for (name, operands, layer) in layers() {
            layer(operands, true).sum().backward()
            let first = operands.map(\.grad)
            layer(operands, true).sum().backward()
            for (operand, before) in zip(operands, first) {
                let isSame = operand.grad.flatMap { a in before.map { a.isSame(as: $0) } }
                #expect(isSame == true, "\(name)")
            }
        }
    }

    @Test func retainedGraphsGiveTheGradientAgain() {
        for (name, operands, layer) in layers() {
            let references = copies(of: operands, .float64)
            for (tensors, isFused) in [(operands, true), (references, false)] {
                let sum = layer(tensors, isFused).sum()
                sum.backward(retainGraph: true)
                sum.backward()
            }
            expectEqualGradients(operands, references, name)
        }
    }

    /// A weight in several places of one graph, fused and plain, with and without an earlier
    /// gradient.
    @Test func sharedWeightsCollectAllGradients() {
        for (name, operands, layer) in layers() {
            let references = copies(of: operands, .float64)
            for _ in 0..<2 {
                for (tensors, isFused) in [(operands, true), (references, false)] {
                    let twice = layer(tensors, isFused) + layer(tensors, isFused) * 2
                    let plain = layer(tensors, false)
                    (twice * twice + plain).sum().backward()
                }
            }
            expectEqualGradients(operands, references, name)
        }
    }

    /// Weights that are results of other operations have no gradient of their own to add to.
    @Test func computedWeightsPassGradientsOn() {
        for (name, operands, layer) in layers() {
            let references = copies(of: operands, .float64)
            for _ in 0..<2 {
                for (tensors, isFused) in [(operands, true), (references, false)] {
                    layer(tensors.map { $0 * 1.5 }, isFused).sum().backward()
                }
            }
            expectEqualGradients(operands, references, name)
        }
    }

    /// Gradients that do not fit are not written to: of another layout, or shared with others.
    @Test func oddGradientsAreAddedToCorrectly() {
        let draw = Operands(seed: 42)
        let operands = [draw.leaf([20, 32]), draw.leaf([48, 32]), draw.leaf([48])]
        let references = copies(of: operands, .float64)
        let start = [draw.fixed([32, 20]), draw.fixed([32, 48]), draw.fixed([48])]
        for (index, gradient) in start.enumerated() {
            let strided = index < 2 ? gradient.transpose(0, 1) : gradient
            operands[index].grad = strided
            references[index].grad = strided.to(.float64)
        }
        operands[0].fusedLinear(weight: operands[1], bias: operands[2]).sum().backward()
        references[0].linear(weight: references[1], bias: references[2]).sum().backward()
        expectEqualGradients(operands, references, "strided")
    }

    @Test func removedGradientsStartAnew() {
        for (name, operands, layer) in layers() {
            layer(operands, true).sum().backward()
            for operand in operands { operand.grad = nil }
            let references = copies(of: operands, .float64)
            layer(operands, true).sum().backward()
            layer(references, false).sum().backward()
            expectEqualGradients(operands, references, name)
        }
    }

    /// A weight that changes between the passes would give a wrong gradient without a word.
    @Test func changesBeforeTheBackwardPassAreRefused() {
        for (name, operands, layer) in layers() {
            let y = layer(operands, true).sum()
            withoutGradients { _ = operands[name == "embedding" ? 3 : 1].mul_(2) }
            #expect(throws: TorchError.self, "\(name)") {
                try catchingTorchErrors { y.backward() }
            }
        }
    }

    @Test func nothingIsRecordedWithoutGradients() {
        // Equal bits need one instruction set.
        withSharedRandomness {
            for (name, operands, layer) in layers() {
                let y = withoutGradients { layer(operands, true) }
                #expect(!y.requiresGrad && y.isLeaf, "\(name)")
                #expect(relativeError(y, layer(operands, true)) == 0, "\(name)")
            }
        }
    }
}
