import Testing
import TuneTestSupport
import TuneTorch

/// Gradients of large embedding tables, of which only rows that matter are touched: numbers must be
/// those of the dense computation, to the last bit.
@Suite struct TableGradientTests {
    private static let rows = 2000
    private static let width = 12

    /// A table with moments, and the other parameters of its layer.
    private final class Trained {
        let words: Tensor
        let types: Tensor
        let positions: Tensor
        let norm: (weight: Tensor, bias: Tensor)
        let average = Tensor.zeros([rows, width])
        let square = Tensor.zeros([rows, width])
        var steps = 0

        init() {
            let draw = Operands(seed: 71)
            words = draw.leaf([rows, Self.width])
            types = draw.leaf([2, Self.width])
            positions = draw.leaf([50, Self.width])
            norm = (draw.leaf([Self.width]), draw.leaf([Self.width]))
        }

        func backward(_ ids: [Int], seed: UInt64) {
            let y = Tensor.fusedEmbedding(
                ids: TokenTensors(
                    words: Tensor(ids), types: Tensor(ids.map { $0 % 2 }),
                    positions: Tensor(ids.map { $0 % 50 })),
                tables: TokenTensors(words: words, types: types, positions: positions),
                paddingIndex: 0,
                norm: NormParameters(weight: norm.weight, bias: norm.bias, epsilon: 1e-5))
            y.backward(gradient: Operands(seed: seed).fixed([ids.count, Self.width]))
        }

        func step(weightDecay: Double = 0) {
            guard let gradient = words.grad else { return }
            steps += 1
            withoutGradients {
                fusedAdamW(
                    parameters: [words], gradients: [gradient], expAverages: [average],
                    expAverageSquares: [square], steps: [Tensor(scalar: Double(steps))],
                    learningRate: 0.01, beta1: 0.9, beta2: 0.999, weightDecay: weightDecay,
                    epsilon: 1e-8)
            }
        }

        private static var width: Int { TableGradientTests.width }
    }

    private static let batches = [
        [5, 7, 5, 1999], [0, 7, 1000], [3, 4], [5, 1999, 12], [1, 2],
    ]

    /// Runs the batches twice, once with the gradient copied so that nothing is known about its rows.
    private func expectEqualSteps(
        _ prepare: (Trained) -> Void = { _ in }, weightDecay: Double = 0,
        change: (Trained, Int) -> Void = { _, _ in }
    ) {
        // Equal bits need the same kernels throughout.
        withSharedRandomness { compareSteps(prepare, weightDecay, change) }
    }

    private func compareSteps(
        _ prepare: (Trained) -> Void, _ weightDecay: Double, _ change: (Trained, Int) -> Void
    ) {
        let sparse = Trained()
        let dense = Trained()
        for trained in [sparse, dense] { prepare(trained) }
        for (number, ids) in Self.batches.enumerated() {
            for trained in [sparse, dense] {
                trained.words.grad = nil
                trained.backward(ids, seed: UInt64(number))
                change(trained, number)
            }
            dense.words.grad = dense.words.grad?.clone()
            #expect(sparse.words.grad?.floats() == dense.words.grad?.floats())
            let norms = [sparse, dense].map { fusedGradientNorm([$0.words.grad ?? $0.words]) ?? 0 }
            #expect(abs(norms[0] - norms[1]) <= 1e-6 * norms[1])
            for trained in [sparse, dense] { trained.step(weightDecay: weightDecay) }
            #expect(sparse.words.floats() == dense.words.floats(), "step \(number)")
            #expect(sparse.average.floats() == dense.average.floats())
            #expect(sparse.square.floats() == dense.square.floats())
        }
    }

    @Test func stepsEqualDenseOnes() { expectEqualSteps() }

    @Test func weightDecayMovesAllRows() { expectEqualSteps(weightDecay: 0.1) }

    @Test func momentsThatWereThereMoveOn() {
        expectEqualSteps({ trained in
            trained.average.select(dim: 0, index: 77).fill_(0.5)
            trained.square.select(dim: 0, index: 78).fill_(0.5)
        })
    }

    @Test func momentsThatChangeInBetweenMoveOn() {
        expectEqualSteps(change: { trained, number in
            if number == 2 { trained.average.select(dim: 0, index: 99).fill_(1) }
        })
    }

    @Test func aGradientThatIsWrittenToIsTakenAsItIs() {
        expectEqualSteps(change: { trained, number in
            if number == 1 { trained.words.grad?.select(dim: 0, index: 500).fill_(1) }
        })
    }

    @Test func gradientsAccumulate() {
        expectEqualSteps(change: { trained, number in
            trained.backward([9, 1999], seed: UInt64(100 + number))
        })
    }

    @Test func gradientIsThatOfPlainOperations() throws {
        let trained = Trained()
        for (number, ids) in Self.batches.enumerated() {
            trained.words.grad = nil
            trained.backward(ids, seed: UInt64(number))
            let plain = trained.words.detached().clone().to(.float64)
            plain.requiresGrad = true
            func table(_ tensor: Tensor) -> Tensor { tensor.detached().to(.float64) }
            let sum =
                Tensor.embedding(weight: plain, indices: Tensor(ids), paddingIndex: 0)
                + Tensor.embedding(
                    weight: table(trained.types), indices: Tensor(ids.map { $0 % 2 }))
                + Tensor.embedding(
                    weight: table(trained.positions), indices: Tensor(ids.map { $0 % 50 }))
            let y = sum.layerNorm(
                shape: [Self.width], weight: table(trained.norm.weight),
                bias: table(trained.norm.bias), eps: 1e-5)
            let seed = UInt64(number)
            y.backward(gradient: Operands(seed: seed).fixed([ids.count, Self.width]).to(.float64))
            let (found, wanted) = (try #require(trained.words.grad), try #require(plain.grad))
            #expect(relativeError(found, wanted) < 5e-6)
        }
    }

    @Test func aGradientThatIsKeptIsNotOverwritten() throws {
        let trained = Trained()
        trained.backward([3, 8], seed: 1)
        let kept = try #require(trained.words.grad)
        let numbers = kept.floats()
        trained.words.grad = nil
        trained.backward([4], seed: 2)
        #expect(kept.floats() == numbers)
        #expect(trained.words.grad?.floats() != numbers)
    }
}
