import Testing
import TuneTorch

@Suite struct FusedAutocastTests {
    private let bfloat16 = Autocast(.cpu, dtype: .bfloat16)

    /// Products of numbers with 8 bits: errors near 2⁻⁹ per operand, in units of the largest result.
    private let tolerance = 0.02

    @Test func linearStaysNearTheExactResult() {
        for shape in FusedLinearTests.shapes {
            let draw = Operands(seed: 51)
            let operands = [
                draw.leaf([shape[0], shape[1]]), draw.leaf([shape[2], shape[1]], scale: 0.2),
                draw.leaf([shape[2]]),
            ]
            expectEqual(operands, tolerance: tolerance, "\(shape)", autocast: bfloat16) {
                $0[0].fusedLinear(weight: $0[1], bias: $0[2])
            } plain: {
                $0[0].linear(weight: $0[1], bias: $0[2])
            }
        }
    }

    @Test(arguments: [GELUApproximation.none, .tanh])
    func feedForwardStaysNearTheExactResult(form: GELUApproximation) {
        for shape in FusedFeedForwardTests.shapes where shape[1] > 2 {
            expectEqual(
                FusedFeedForwardTests.operands(shape), tolerance: 3 * tolerance, "\(shape)",
                autocast: bfloat16, fused: { FusedFeedForwardTests.fused($0, form: form) },
                plain: { FusedFeedForwardTests.plain($0, form: form) })
        }
    }

    @Test func residualNormStaysNearTheExactResult() {
        for shape in FusedResidualNormTests.shapes {
            expectEqual(
                FusedResidualNormTests.operands(shape), tolerance: 2 * tolerance, "\(shape)",
                autocast: bfloat16, fused: { FusedResidualNormTests.fused($0) },
                plain: { FusedResidualNormTests.plain($0) })
        }
    }

    @Test func attentionStaysNearTheExactResult() {
        for c in FusedAttentionTests.cases {
            expectEqual(
                FusedAttentionTests.operands(c), tolerance: 3 * tolerance,
                cancelling: FusedAttentionTests.keyBias, "\(c)",
                autocast: bfloat16, fused: { FusedAttentionTests.fused($0, c) },
                plain: { FusedAttentionTests.plain($0, c) })
        }
    }

    /// Operands are rounded to 8 bits, so that 257 becomes 256; sums are not, so that 256 + 1 stays.
    @Test func productsRoundOperandsOnly() {
        withAutocast(bfloat16) {
            let x = Tensor.zeros([16, 32])
            withoutGradients {
                _ = x.select(dim: 1, index: 0).fill_(257)
                _ = x.select(dim: 1, index: 1).fill_(3)
            }
            #expect(x.fusedLinear(weight: .ones([32, 32])).floats().allSatisfy { $0 == 259 })
        }
        let x = Tensor.full([2, 32], 257)
        #expect(
            x.fusedLinear(weight: .ones([16, 32])).floats().allSatisfy { $0 == 257 * 32 })
    }

    /// Computes with a weight, and expects what a new tensor of its values gives.
    private func expectFresh(
        _ weight: Tensor, _ change: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let x = Operands(seed: 52).fixed([3, weight.shape[1]])
        let copy = weight.detached().clone()
        let (found, expected) = withAutocast(bfloat16) {
            (x.fusedLinear(weight: weight), x.fusedLinear(weight: copy))
        }
        #expect(
            found.floats() == expected.floats(), "after \(change)", sourceLocation: sourceLocation)
    }

    private func usedWeight(_ shape: [Int] = [32, 32]) -> Tensor {
        let weight = Operands(seed: 53).leaf(shape)
        expectFresh(weight, "nothing")
        return weight
    }

    @Test func operationsInPlaceAreSeen() {
        let weight = usedWeight()
        withoutGradients {
            weight.fill_(2)
            expectFresh(weight, "fill_")
            weight.mul_(1.5)
            expectFresh(weight, "mul_")
            weight.copy_(.ones([32, 32]))
            expectFresh(weight, "copy_")
            weight.select(dim: 0, index: 3).fill_(7)
            expectFresh(weight, "a change of a row")
            weight.reshape([1024]).narrow(dim: 0, start: 5, length: 9).zero_()
            expectFresh(weight, "a change of another shape")
            scaleInPlace([weight], by: Tensor(scalar: 3))
            expectFresh(weight, "scaleInPlace")
        }
        weight.detached().fill_(5)
        expectFresh(weight, "a change of the detached tensor")
    }

    @Test func writtenBytesAreSeen() {
        let weight = usedWeight()
        weight.withUnsafeMutableBytes { $0.storeBytes(of: 9, as: Float.self) }
        expectFresh(weight, "withUnsafeMutableBytes")
        let detached = weight.detached()
        detached.withUnsafeMutableBytes { $0.storeBytes(of: 11, as: Float.self) }
        expectFresh(weight, "withUnsafeMutableBytes of the detached tensor")
    }

    @Test func updatesOfTheOptimizerAreSeen() {
        let weight = usedWeight()
        let (first, second) = (weight.zerosLike(), weight.zerosLike())
        for step in 1...3 {
            fusedAdamW(
                parameters: [weight], gradients: [.ones([32, 32])], expAverages: [first],
                expAverageSquares: [second], steps: [Tensor(scalar: Double(step))],
                learningRate: 0.3, beta1: 0.9, beta2: 0.999, weightDecay: 0.1, epsilon: 1e-8)
            expectFresh(weight, "fusedAdamW")
            withoutGradients { _ = weight.add_(0.1) }
        }
        expectFresh(weight, "fusedAdamW and add_")
    }

    @Test func otherMemoryIsSeen() {
        let weight = usedWeight()
        for value in 1...20 {
            // What was freed comes back for the next tensor of the size.
            weight.setData(.full([1], 0).expand([32, 32]).contiguous())
            weight.setData(.full([32, 32], Double(value)))
            expectFresh(weight, "setData")
        }
        let source = Tensor.full([32, 32], 2)
        weight.setData(source)
        expectFresh(weight, "setData")
        source.fill_(3)
        expectFresh(weight, "a change of the tensor that gave the memory")
        let other = Tensor.zeros([1])
        other.setData(weight)
        other.fill_(4)
        expectFresh(weight, "a change of a tensor that took the memory")
    }

    @Test func otherShapesAreSeen() {
        let weight = usedWeight()
        weight.setData(Operands(seed: 54).fixed([64, 48]))
        fusedAdamW(
            parameters: [weight], gradients: [.ones([64, 48])], expAverages: [.zeros([64, 48])],
            expAverageSquares: [.zeros([64, 48])], steps: [Tensor(scalar: 1)], learningRate: 0.3,
            beta1: 0.9, beta2: 0.999, weightDecay: 0.1, epsilon: 1e-8)
        expectFresh(weight, "setData of another shape")
    }

    @Test func newTensorsDoNotInheritCopies() {
        for value in 1...50 {
            let weight = Tensor.full([32, 32], Double(value))
            expectFresh(weight, "a new tensor")
        }
    }
}
