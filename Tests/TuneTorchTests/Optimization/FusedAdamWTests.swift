import Testing
import TuneTorch

struct FusedAdamWTests {
    @Test func updatesFollowPyTorch() throws {
        let golden = try Golden("adamw")
        let parameters = try golden.tensors("start")
        let averages = parameters.map { $0.zerosLike() }
        let squares = parameters.map { $0.zerosLike() }
        let steps = parameters.map { _ in Tensor(scalar: 0) }
        for update in try golden.list("updates").map({ try Golden($0) }) {
            for step in steps { step.add_(1) }
            let gradients = try update.tensors("gradients")
            #expect(try abs(globalNorm(gradients).item() - update.number("norm")) < 1e-6)
            fusedAdamW(
                parameters: parameters, gradients: gradients, expAverages: averages,
                expAverageSquares: squares, steps: steps,
                learningRate: try update.number("learning_rate"), beta1: try golden.number("beta1"),
                beta2: try golden.number("beta2"), weightDecay: try golden.number("weight_decay"),
                epsilon: try golden.number("epsilon"))
            for (parameter, expected) in zip(parameters, try update.tensors("parameters")) {
                #expect(isClose(parameter, expected, tolerance: 1e-7))
            }
        }
    }

    @Test func trackedParametersAreChangedInPlace() {
        let parameter = Tensor([1.0])
        parameter.requiresGrad = true
        fusedAdamW(
            parameters: [parameter], gradients: [Tensor([1.0])], expAverages: [.zeros([1])],
            expAverageSquares: [.zeros([1])], steps: [Tensor(scalar: 1)], learningRate: 0.5,
            beta1: 0.9, beta2: 0.999, weightDecay: 0, epsilon: 1e-8)
        #expect(abs(parameter.item() - 0.5) < 1e-6 && parameter.isLeaf)
    }

    @Test func listsMustMatch() throws {
        let error = try #require(throws: TorchError.self) {
            try catchingTorchErrors {
                fusedAdamW(
                    parameters: [.ones([1])], gradients: [], expAverages: [.ones([1])],
                    expAverageSquares: [.ones([1])], steps: [.ones([])], learningRate: 1, beta1: 0,
                    beta2: 0, weightDecay: 0, epsilon: 0)
            }
        }
        #expect(error.message.contains("1, 0, 1, 1, 1"))
    }

    @Test func normAndScale() {
        let tensors = [Tensor([3.0, 0.0]), Tensor([4.0])]
        #expect(globalNorm(tensors).item() == 5)
        #expect(globalNorm([]).item() == 0)
        scaleInPlace(tensors, by: Tensor(scalar: 0.5))
        #expect(tensors[0].floats() == [1.5, 0] && tensors[1].floats() == [2])
    }
}
