import Testing
import TuneTorch

/// The optimizer's kernels against the formula in float64.
@Suite struct FusedKernelsTests {
    /// Sizes around vectors and around the pieces that threads share, 32,768 elements.
    private static let sizes = [1, 7, 16, 33, 1000, 32_767, 32_768, 70_001]

    /// Parameters, gradients and both moments.
    private struct Group {
        let parameters: [Tensor]
        let gradients: [Tensor]
        let averages: [Tensor]
        let squares: [Tensor]

        init(_ sizes: [Int] = FusedKernelsTests.sizes) {
            let draw = Operands(seed: 61)
            parameters = sizes.map { draw.fixed([$0]) }
            gradients = sizes.map { draw.fixed([$0], scale: 0.1) }
            averages = sizes.map { Tensor.zeros([$0]) }
            squares = sizes.map { Tensor.zeros([$0]) }
        }

        init(_ group: Group, as dtype: DType) {
            let lists = [group.parameters, group.gradients, group.averages, group.squares]
                .map { copies(of: $0, dtype) }
            (parameters, gradients, averages, squares) = (lists[0], lists[1], lists[2], lists[3])
        }

        func step(_ number: Int, factor: Double = 1) {
            fusedAdamW(
                parameters: parameters, gradients: gradients, expAverages: averages,
                expAverageSquares: squares,
                steps: parameters.map { _ in Tensor(scalar: Double(number)) }, learningRate: 0.01,
                beta1: 0.9, beta2: 0.999, weightDecay: 0.1, epsilon: 1e-8, gradientFactor: factor)
        }

        /// The formula of Loshchilov and Hutter by plain operations.
        func plainStep(_ number: Int, factor: Double = 1) {
            let (first, second) = (1 - power(0.9, number), 1 - power(0.999, number))
            for index in parameters.indices {
                let gradient = gradients[index] * factor
                parameters[index].mul_(1 - 0.01 * 0.1)
                averages[index].mul_(0.9).add_(gradient, alpha: 0.1)
                squares[index].mul_(0.999).addcmul_(gradient, gradient, value: 0.001)
                let root = (squares[index] / second).clone().sqrt_() + 1e-8
                parameters[index].addcdiv_(averages[index], root, value: -0.01 / first)
            }
        }

        private func power(_ base: Double, _ exponent: Int) -> Double {
            (0..<exponent).reduce(1) { product, _ in product * base }
        }

        func error(_ other: Group) -> Double {
            zip(
                parameters + averages + squares,
                other.parameters + other.averages + other.squares
            ).reduce(0) { max($0, relativeError($1.0, $1.1)) }
        }
    }

    @Test func updatesFollowTheFormula() {
        withEachInstructionSet { level in
            for factor in [1, 0.25, 0] {
                let group = Group()
                let reference = Group(group, as: .float64)
                for number in 1...3 {
                    group.step(number, factor: factor)
                    reference.plainStep(number, factor: factor)
                }
                let error = group.error(reference)
                #expect(error < 1e-6, "\(level) \(factor): \(error)")
            }
        }
    }

    /// Tensors that the kernels do not take give the same: of another type, and with gaps.
    @Test func factorScalesForEveryTensor() {
        let sizes = [7, 33]
        let group = Group(sizes)
        let reference = Group(group, as: .float64)
        let wide = Group(group, as: .float64)
        wide.step(1, factor: 0.25)
        reference.plainStep(1, factor: 0.25)
        #expect(wide.error(reference) < 1e-12)

        let parameters = sizes.map { Tensor.ones([$0, 2]).transpose(0, 1) }
        let gradients = sizes.map { Operands(seed: 62).fixed([$0, 2]).transpose(0, 1) }
        let dense = parameters.map { $0.contiguous() }
        let denseGradients = gradients.map { $0.contiguous() }
        for (list, slopes) in [(parameters, gradients), (dense, denseGradients)] {
            fusedAdamW(
                parameters: list, gradients: slopes,
                expAverages: list.map { $0.clone().zero_() },
                expAverageSquares: list.map { $0.clone().zero_() },
                steps: list.map { _ in Tensor(scalar: 1) }, learningRate: 0.1, beta1: 0.9,
                beta2: 0.999, weightDecay: 0, epsilon: 0.1, gradientFactor: 0.25)
        }
        for (found, wanted) in zip(parameters, dense) {
            #expect(relativeError(found, wanted) < 1e-6)
        }
    }

    @Test func resultsDoNotDependOnTheNumberOfThreads() {
        withEachInstructionSet { level in
            let runs = [1, 2, 3].map { count in
                withThreads(count) {
                    let group = Group()
                    group.step(1, factor: 0.5)
                    let norm = fusedGradientNorm(group.gradients)
                    return (norm, group.parameters.map { $0.floats() })
                }
            }
            for run in runs { #expect(run.0 == runs[0].0 && run.1 == runs[0].1, "\(level)") }
        }
    }

    @Test func tensorsMustHaveTheShapeOfTheirParameter() {
        for index in 1..<4 {
            for shape in [[3], [5], [2, 2]] {
                var lists = (0..<4).map { _ in [Tensor.ones([4])] }
                lists[index] = [.ones(shape)]
                let error = #expect(throws: TorchError.self) {
                    try catchingTorchErrors {
                        fusedAdamW(
                            parameters: lists[0], gradients: lists[1], expAverages: lists[2],
                            expAverageSquares: lists[3], steps: [Tensor(scalar: 1)],
                            learningRate: 1, beta1: 0.9, beta2: 0.9, weightDecay: 0, epsilon: 1)
                    }
                }
                #expect(error?.message.contains("shape") == true)
                #expect(lists[0][0].floats() == [1, 1, 1, 1])
            }
        }
    }

    @Test func normIsThatOfAllElements() throws {
        try withEachInstructionSet { level in
            let gradients = Group().gradients
            let exact = globalNorm(gradients.map { $0.to(.float64) }).item()
            let norm = try #require(fusedGradientNorm(gradients))
            #expect(abs(norm - exact) < 1e-7 * exact, "\(level)")
            #expect(abs(norm - globalNorm(gradients).item()) < 1e-5 * exact, "\(level)")
            #expect(fusedGradientNorm([Tensor([.nan, 1] as [Float])])?.isNaN == true)
            #expect(fusedGradientNorm([Tensor([.infinity, 1] as [Float])]) == .infinity)
        }
        #expect(fusedGradientNorm([]) == 0)
        #expect(fusedGradientNorm([.ones([0]), .full([], 3), .full([1, 1], 4)]) == 5)
    }

    @Test func normIsNilForUnsuitableTensors() {
        for unsuitable in [
            Tensor.ones([4], dtype: .float64), .ones([4], dtype: .bfloat16),
            .ones([4, 5]).transpose(0, 1), .ones([4, 2]).select(dim: 1, index: 0),
            .ones([1]).expand([4]),
        ] {
            #expect(fusedGradientNorm([.ones([3]), unsuitable]) == nil)
        }
    }
}
