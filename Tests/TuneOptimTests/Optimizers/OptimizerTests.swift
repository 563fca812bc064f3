import Testing
import TuneOptim
import TuneTorch

@Suite struct OptimizerTests {
    private func parameter(_ values: [Float], gradient: [Float]) -> Tensor {
        let tensor = Tensor(values)
        tensor.requiresGrad = true
        tensor.grad = Tensor(gradient)
        return tensor
    }

    /// Two updates by the formula of Loshchilov and Hutter in double precision.
    @Test func adamWFollowsTheFormula() {
        let weight = parameter([1, -2], gradient: [0.5, -0.25])
        let optimizer = AdamW(
            [NamedParameter("weight", weight)], learningRate: 0.1, weightDecay: 0.01)
        optimizer.step()
        optimizer.step()
        var expected = [1.0, -2.0]
        for (index, gradient) in [0.5, -0.25].enumerated() {
            var (mean, square) = (0.0, 0.0)
            for step in 1...2 {
                mean = 0.9 * mean + 0.1 * gradient
                square = 0.999 * square + 0.001 * gradient * gradient
                let unbiasedMean = mean / (1 - (step == 1 ? 0.9 : 0.81))
                let unbiasedSquare = square / (1 - (step == 1 ? 0.999 : 0.998001))
                expected[index] *= 1 - 0.1 * 0.01
                expected[index] -= 0.1 * unbiasedMean / (unbiasedSquare.squareRoot() + 1e-8)
            }
        }
        for (found, wanted) in zip(weight.detached().doubles(), expected) {
            #expect(abs(found - wanted) < 1e-6)
        }
        #expect(optimizer.state["weight"]?["step"]?.item() == 2)
    }

    @Test func parametersWithoutGradientStay() {
        let weight = Tensor([1, 2] as [Float])
        let optimizer = AdamW([NamedParameter("weight", weight)])
        optimizer.step()
        #expect(weight.floats() == [1, 2])
        #expect(optimizer.state.isEmpty)
    }

    @Test func zeroGradForgets() {
        let weight = parameter([1], gradient: [1])
        AdamW([NamedParameter("weight", weight)]).zeroGrad()
        #expect(weight.grad == nil)
    }

    @Test func clippingKeepsDirection() throws {
        let a = parameter([0], gradient: [3])
        let b = parameter([0, 0], gradient: [0, 4])
        let norm = clipGradNorm([a, b], maxNorm: 1)
        #expect(abs(norm.item() - 5) < 1e-6)
        #expect(abs(try #require(a.grad).item() - 0.6) < 1e-5)
        #expect(abs(try #require(b.grad).floats()[1] - 0.8) < 1e-5)
        #expect(abs(gradientNorm([a, b]).item() - 1) < 1e-5)
    }

    @Test func smallGradientsAreNotRaised() throws {
        let a = parameter([0], gradient: [0.5])
        clipGradNorm([a], maxNorm: 1)
        #expect(try #require(a.grad).item() == 0.5)
    }
}
