import Testing
import TuneTestSupport
import TuneTorch

/// The masks of fused layers are not returned, so each test reads the mask from what it does, and
/// then expects the plain operations with this mask to give the same results and gradients.
@Suite struct FusedDropoutTests {
    /// What elements are multiplied with, where `kept` has none of the zeros of the mask.
    private func mask(_ kept: Tensor, _ probability: Double, _ dtype: DType = .float64) -> Tensor {
        kept.detached().ne(0).to(dtype) / (1 - probability)
    }

    @Test(arguments: [0.1, 0.5])
    func residualNormUsesOneMask(probability: Double) {
        withEachInstructionSet { level in
            for shape in FusedResidualNormTests.shapes {
                manualSeed(5)
                // The gradient of the bias of each row alone would show the mask; rows of their own
                // show it through the gradient of x when the weight is the identity.
                let width = shape[2]
                let t = FusedResidualNormTests.operands([shape[0], width, width])
                let eye = Tensor(
                    (0..<width * width).map { $0 % (width + 1) == 0 ? 1 : 0 as Float },
                    [width, width])
                t[1].setData(eye)
                let references = copies(of: t, .float64)
                let y = FusedResidualNormTests.fused(t, dropout: probability)
                let gradient = Operands(seed: 1).fixed(y.shape)
                y.backward(gradient: gradient)
                guard let dx = t[0].grad else {
                    Issue.record("x has no gradient")
                    return
                }
                // Two elements are normalised to plus and minus one, whatever they are.
                guard width > 2 else { continue }
                let plain = FusedResidualNormTests.plain(
                    references, mask: mask(dx, probability))
                plain.backward(gradient: gradient.to(.float64))
                #expect(relativeError(y, plain) < 5e-6, "\(level) \(shape)")
                for (found, wanted) in zip(t, references) {
                    let error = found.grad.flatMap { a in wanted.grad.map { relativeError(a, $0) } }
                    #expect((error ?? 1) < 5e-6, "\(level) \(shape)")
                }
            }
        }
    }

    @Test(arguments: [0.1, 0.5])
    func embeddingUsesOneMask(probability: Double) {
        withEachInstructionSet { level in
            for (shape, width) in [([1], 2), ([3, 5], 7), ([2, 65], 33), ([4, 40], 130)] {
                manualSeed(6)
                let t = FusedEmbeddingTests.tables(width)
                var kept = Tensor.ones([1])
                expectEqual(t, tolerance: 5e-6, "\(level) \(shape) \(width)") {
                    let y = FusedEmbeddingTests.fused(
                        $0, FusedEmbeddingTests.ids(shape), padding: 0, dropout: probability)
                    kept = y
                    return y
                } plain: {
                    // Runs after the fused form, whose zeros it takes.
                    FusedEmbeddingTests.plain($0, shape: shape, padding: 0)
                        * mask(kept, probability)
                }
            }
        }
    }

    /// Values are unit vectors of their places, so that results are the probabilities themselves.
    @Test(arguments: [0.1, 0.5])
    func attentionUsesOneMask(probability: Double) {
        let (lengths, heads, width, features) = ([1, 20, 7, 40], 3, 40, 9)
        let c = FusedAttentionTests.Case(
            lengths: lengths, inputs: width + features, heads: heads, width: width)
        let draw = Operands(seed: 31)
        let places = lengths.flatMap { length in
            (0..<length).flatMap { place in (0..<width).map { $0 == place ? 1 : 0 as Float } }
        }
        let x = Tensor.cat(
            [Tensor(places, [c.tokens, width]), draw.fixed([c.tokens, features])], dim: 1)
        let toPlaces = Tensor(
            (0..<heads * width).flatMap { row in
                (0..<c.inputs).map { $0 == row % width ? 1 : 0 as Float }
            }, [heads * width, c.inputs])
        withEachInstructionSet { level in
            manualSeed(7)
            let operands =
                [x.clone()]
                + (0..<2).flatMap { _ in
                    [
                        draw.fixed([heads * width, c.inputs], scale: 0.2),
                        draw.fixed([heads * width]),
                    ]
                } + [toPlaces.clone(), .zeros([heads * width])]
            for operand in operands { operand.requiresGrad = true }
            var seen = Tensor.ones([1])
            expectEqual(
                operands, tolerance: 5e-6, cancelling: FusedAttentionTests.keyBias, level
            ) {
                seen = FusedAttentionTests.fused($0, c, dropout: probability)
                return seen
            } plain: { references in
                FusedAttentionTests.plain(references, c) { row in
                    let length = lengths[row]
                    let kept = seen.narrow(dim: 0, start: c.offsets[row], length: length)
                        .reshape([length, heads, width]).transpose(0, 1)
                        .narrow(dim: 2, start: 0, length: length)
                    return mask(kept, probability)
                }
            }
        }
    }

    /// 102,400 elements each: five standard deviations of the share of zeros are below 0.008.
    @Test(arguments: [0.05, 0.1, 0.5, 0.9])
    func rateAndScaleAreAsAsked(probability: Double) {
        withEachInstructionSet { level in
            manualSeed(8)
            let t = FusedEmbeddingTests.tables(64)
            let ids = FusedEmbeddingTests.ids([1600])
            let whole = FusedEmbeddingTests.fused(t, ids).doubles()
            let dropped = FusedEmbeddingTests.fused(t, ids, dropout: probability).doubles()
            let zeros = dropped.filter { $0 == 0 }.count
            #expect(abs(Double(zeros) / 102_400 - probability) < 0.008, "\(level)")
            for (found, value) in zip(dropped, whole) where found != 0 {
                #expect(abs(found - value / (1 - probability)) < 1e-4 * max(1, abs(found)))
            }
        }
    }

    /// Masks differ between calls, rows and columns: no row or column repeats another.
    @Test func masksDoNotRepeat() {
        withSharedRandomness {
            manualSeed(9)
            let t = FusedEmbeddingTests.tables(64)
            let ids = FusedEmbeddingTests.ids([64])
            let first = FusedEmbeddingTests.fused(t, ids, dropout: 0.5).ne(0)
            let second = FusedEmbeddingTests.fused(t, ids, dropout: 0.5).ne(0)
            let rows = [first, second, first.transpose(0, 1)].flatMap { mask in
                (0..<64).map { mask.select(dim: 0, index: $0).bools() }
            }
            #expect(Set(rows).count == rows.count)
        }
    }

    /// All layers, with dropout where they have it: results and all gradients.
    private func runAll() -> [[Float]] {
        let c = FusedAttentionTests.Case(lengths: [5, 90, 1], inputs: 48, heads: 3, width: 16)
        let norm = FusedResidualNormTests.operands([150, 48, 32])
        let attention = FusedAttentionTests.operands(c)
        let embedding = FusedEmbeddingTests.tables(48)
        let feedForward = FusedFeedForwardTests.operands([150, 48, 130])
        let draw = Operands(seed: 3)
        let linear = [draw.leaf([150, 48]), draw.leaf([130, 48]), draw.leaf([130])]
        let results = [
            FusedResidualNormTests.fused(norm, dropout: 0.2),
            FusedAttentionTests.fused(attention, c, dropout: 0.2),
            FusedEmbeddingTests.fused(
                embedding, FusedEmbeddingTests.ids([170]), dropout: 0.2),
            linear[0].fusedLinear(weight: linear[1], bias: linear[2]),
            FusedFeedForwardTests.fused(feedForward, dropout: 0.2),
        ]
        for y in results { y.backward(gradient: Operands(seed: 2).fixed(y.shape)) }
        return results.map { $0.floats() }
            + (norm + attention + embedding + linear + feedForward).map { $0.grad?.floats() ?? [] }
    }

    @Test func seedsDecide() {
        withSharedRandomness {
            manualSeed(1)
            let first = runAll()
            manualSeed(1)
            #expect(runAll() == first)
            manualSeed(2)
            let other = runAll()
            for index in 0..<3 { #expect(other[index] != first[index]) }
        }
    }

    @Test func resultsDoNotDependOnTheNumberOfThreads() {
        withEachInstructionSet { level in
            let runs = [1, 2, 3].map { count in
                withThreads(count) {
                    manualSeed(3)
                    return runAll()
                }
            }
            for run in runs.dropFirst() {
                for (found, wanted) in zip(run, runs[0]) {
                    #expect(found == wanted, "\(level)")
                }
            }
        }
    }

    /// The same mask for every instruction set, so that a seed means the same on every processor.
    @Test func masksDoNotDependOnTheInstructionSet() {
        var masks: [[Bool]] = []
        let t = FusedEmbeddingTests.tables(33)
        withEachInstructionSet { _ in
            manualSeed(4)
            let y = FusedEmbeddingTests.fused(t, FusedEmbeddingTests.ids([70]), dropout: 0.3)
            masks.append(y.ne(0).bools())
        }
        #expect(masks.allSatisfy { $0 == masks[0] })
    }

    /// Without dropout nothing is drawn, so that what follows stays the same.
    @Test func zeroProbabilityDrawsNothing() {
        withSharedRandomness {
            manualSeed(5)
            let state = Generator.default.state
            let c = FusedAttentionTests.cases[2]
            _ = FusedAttentionTests.fused(FusedAttentionTests.operands(c), c)
            _ = FusedEmbeddingTests.fused(
                FusedEmbeddingTests.tables(8), FusedEmbeddingTests.ids([3]))
            _ = FusedResidualNormTests.fused(FusedResidualNormTests.operands([2, 3, 4]))
            #expect(Generator.default.state == state)
        }
    }
}
