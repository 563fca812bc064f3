import Testing
import TuneOptim
import TuneTorch

@Suite struct GradientClippingTests {
    /// Two optimizers with equal parameters and gradients.
    private func pair(
        gradients: [[Float]] = [[0.3, -0.4, 1], [2]], transposed: Bool = false
    ) -> [AdamW] {
        (0..<2).map { _ in
            let parameters = gradients.enumerated().map { index, values in
                let tensor = Tensor.ones(transposed ? [values.count, 2] : [values.count])
                tensor.requiresGrad = true
                let gradient = Tensor(values)
                tensor.grad =
                    transposed
                    ? Tensor.stack([gradient, gradient]).transpose(0, 1) : gradient
                return NamedParameter("p\(index)", tensor)
            }
            return AdamW(parameters, learningRate: 0.1, weightDecay: 0.1)
        }
    }

    private func values(_ optimizer: AdamW) -> [Float] {
        optimizer.parameters.flatMap { $0.tensor.detached().floats() }
            + optimizer.state.keys.sorted().flatMap { name in
                (optimizer.state[name]?["exp_avg"]?.floats() ?? [])
                    + (optimizer.state[name]?["exp_avg_sq"]?.floats() ?? [])
            }
    }

    private func expectEqualSteps(
        _ pair: [AdamW], maxNorm: Double?, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let tensors = pair[1].parameters.map(\.tensor)
        for _ in 0..<3 {
            let norm = pair[0].clipGradientsInStep(maxNorm: maxNorm)
            let wanted =
                maxNorm.map { $0 > 0 ? clipGradNorm(tensors, maxNorm: $0) : gradientNorm(tensors) }
                ?? gradientNorm(tensors)
            #expect(abs(norm - wanted.item()) <= 1e-6 * norm, sourceLocation: sourceLocation)
            for optimizer in pair { optimizer.step() }
            #expect(pair[0].gradientFactor == 1, sourceLocation: sourceLocation)
            // Clipping in place changed the gradients of the second.
            for (a, b) in zip(pair[0].parameters, pair[1].parameters) {
                b.tensor.grad = a.tensor.grad?.clone()
            }
        }
        for (found, wanted) in zip(values(pair[0]), values(pair[1])) {
            #expect(abs(found - wanted) < 1e-6, sourceLocation: sourceLocation)
        }
    }

    @Test(arguments: [0.5, 1, 100, 0, nil])
    func stepsEqualThoseAfterClipping(maxNorm: Double?) {
        expectEqualSteps(pair(), maxNorm: maxNorm)
    }

    /// Gradients that the kernels do not take are clipped in place.
    @Test func otherGradientsAreClippedToo() {
        expectEqualSteps(pair(transposed: true), maxNorm: 0.5)
    }

    @Test func parametersWithoutGradientCountAsZero() {
        let optimizers = pair()
        for optimizer in optimizers { optimizer.parameters[0].tensor.grad = nil }
        #expect(optimizers[0].clipGradientsInStep(maxNorm: 1) == 2)
        for optimizer in optimizers { optimizer.parameters[1].tensor.grad = nil }
        #expect(optimizers[0].clipGradientsInStep(maxNorm: 1) == 0)
        optimizers[0].step()
        #expect(optimizers[0].state.isEmpty)
    }

    /// Python's factor is not a number then, and so are all parameters after the step.
    @Test func gradientsThatAreNoNumbersSpread() {
        let optimizers = pair(gradients: [[1, .nan], [2]])
        #expect(optimizers[0].clipGradientsInStep(maxNorm: 1).isNaN)
        clipGradNorm(optimizers[1].parameters.map(\.tensor), maxNorm: 1)
        for optimizer in optimizers { optimizer.step() }
        #expect(optimizers.allSatisfy { values($0).prefix(3).allSatisfy(\.isNaN) })
    }

    @Test func infiniteGradientsLeaveTheOthers() {
        let optimizers = pair(gradients: [[1, .infinity], [2]])
        #expect(optimizers[0].clipGradientsInStep(maxNorm: 1) == .infinity)
        clipGradNorm(optimizers[1].parameters.map(\.tensor), maxNorm: 1)
        for optimizer in optimizers { optimizer.step() }
        #expect(values(optimizers[0])[1].isNaN && values(optimizers[1])[1].isNaN)
        #expect(values(optimizers[0])[2] == values(optimizers[1])[2])
    }

    /// The last call before a step decides.
    @Test func laterCallsReplaceEarlierOnes() {
        let optimizers = pair()
        _ = optimizers[0].clipGradientsInStep(maxNorm: 0.01)
        _ = optimizers[0].clipGradientsInStep(maxNorm: nil)
        #expect(optimizers[0].gradientFactor == 1)
    }

    /// A step that waits for more batches leaves the factor for the one that counts.
    @Test func waitingStepsKeepTheFactor() {
        let optimizer = pair()[0]
        _ = optimizer.clipGradientsInStep(maxNorm: 0.1)
        let factor = optimizer.gradientFactor
        #expect(factor < 1)
        optimizer.isAccumulating = true
        optimizer.step()
        #expect(optimizer.gradientFactor == factor)
        optimizer.isAccumulating = false
        optimizer.step()
        #expect(optimizer.gradientFactor == 1)
    }
}
