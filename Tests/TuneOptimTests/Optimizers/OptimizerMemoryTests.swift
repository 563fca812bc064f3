import Testing
import TuneOptim
import TuneTorch

/// Steps for which there is not enough memory.
@Suite struct OptimizerMemoryTests {
    /// A state that no machine can hold, for the second parameter only.
    private final class Greedy: TensorwiseOptimizer {
        var isGreedy = true

        override func stateLayout(of parameter: Tensor) -> [StateTensor] {
            let isLarge = isGreedy && parameter.count == 2
            return [StateTensor("sum", isLarge ? [1 << 52] : parameter.shape, .float32, .cpu)]
        }

        override func update(_ parameter: ParameterUpdate, of group: ParameterGroup) {
            parameter["sum"].add_(parameter.gradient)
            parameter.parameter.sub_(parameter["sum"])
        }
    }

    private func parameters() -> [NamedParameter] {
        [1, 2].map { size in
            let tensor = Tensor.ones([size])
            tensor.requiresGrad = true
            tensor.grad = Tensor.ones([size])
            return NamedParameter("p\(size)", tensor)
        }
    }

    @Test func nothingChangesWithoutMemory() throws {
        let groups = parameters().map { ParameterGroup([$0], learningRate: 1, weightDecay: 0) }
        let optimizer = Greedy(groups: groups)
        let failure = #expect(throws: TorchError.self) {
            try catchingTorchErrors { optimizer.step() }
        }
        #expect(failure?.isOutOfMemory == true)
        #expect(optimizer.state.isEmpty)
        #expect(optimizer.parameters.allSatisfy { $0.tensor.floats().allSatisfy { $0 == 1 } })
        optimizer.isGreedy = false
        optimizer.step()
        #expect(optimizer.parameters.allSatisfy { $0.tensor.floats().allSatisfy { $0 == 0 } })
    }

    /// What failed in the forward or backward pass leaves gradients that mean nothing.
    @Test func nothingChangesAfterAFailure() throws {
        let optimizer = AdamW(parameters())
        #expect(throws: TorchError.self) {
            try catchingTorchErrors {
                _ = Tensor.ones([2]).matmul(Tensor.ones([3]))
                optimizer.step()
            }
        }
        #expect(optimizer.state.isEmpty)
        #expect(optimizer.parameters.allSatisfy { $0.tensor.floats().allSatisfy { $0 == 1 } })
    }
}
