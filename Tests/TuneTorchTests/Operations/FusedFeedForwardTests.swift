import Testing
import TuneTorch

@Suite struct FusedFeedForwardTests {
    /// Rows, width, inner width: one row, widths beside those of vectors and tiles, more rows than
    /// one block of sums, and than one tile, has.
    static let shapes = [
        [1, 2, 1], [1, 16, 16], [3, 5, 7], [2, 17, 33], [65, 18, 20], [130, 48, 130], [7, 72, 401],
        [300, 31, 66], [200, 16, 400], [1030, 16, 20],
    ]

    /// x, weight and bias of both projections, γ, β.
    static func operands(_ shape: [Int], seed: UInt64 = 21) -> [Tensor] {
        let draw = Operands(seed: seed)
        let (rows, width, inner) = (shape[0], shape[1], shape[2])
        return [
            draw.leaf([rows, width]), draw.leaf([inner, width], scale: 0.3), draw.leaf([inner]),
            draw.leaf([width, inner], scale: 0.3), draw.leaf([width]), draw.leaf([width]),
            draw.leaf([width]),
        ]
    }

    static func fused(
        _ t: [Tensor], form: GELUApproximation = .none, hasBias: Bool = true, dropout: Double = 0
    ) -> Tensor {
        t[0].fusedFeedForward(
            inner: ProjectionParameters(weight: t[1], bias: hasBias ? t[2] : nil),
            outer: ProjectionParameters(weight: t[3], bias: hasBias ? t[4] : nil),
            approximate: form, norm: NormParameters(weight: t[5], bias: t[6], epsilon: 1e-5),
            dropout: dropout)
    }

    static func plain(
        _ t: [Tensor], form: GELUApproximation = .none, hasBias: Bool = true
    ) -> Tensor {
        let inner = t[0].linear(weight: t[1], bias: hasBias ? t[2] : nil).gelu(approximate: form)
        return (inner.linear(weight: t[3], bias: hasBias ? t[4] : nil) + t[0])
            .layerNorm(shape: t[5].shape, weight: t[5], bias: t[6], eps: 1e-5)
    }

    @Test(arguments: [GELUApproximation.none, .tanh])
    func equalsThePlainOperations(form: GELUApproximation) {
        withEachInstructionSet { level in
            for shape in Self.shapes {
                expectEqual(
                    Self.operands(shape), tolerance: 1e-5, "\(level) \(shape)",
                    fused: { Self.fused($0, form: form) }, plain: { Self.plain($0, form: form) })
            }
        }
    }

    /// Where the function is steep or flat, and far from the drawn numbers: the first column goes
    /// through it, the others keep the normalisation from hiding it.
    @Test(arguments: [GELUApproximation.none, .tanh])
    func holdsForAllInputs(form: GELUApproximation) {
        let ranges = [
            (-100...100).map { Float($0) / 100 }, (-400...400).map { Float($0) / 40 },
            [100, -100, 0, 1e-20, -1e-38],
        ]
        withEachInstructionSet { level in
            for values in ranges {
                let x = Tensor(values.flatMap { [$0, 3, -2] }, [values.count, 3])
                x.requiresGrad = true
                let parameters = [
                    Tensor([1.0, 0, 0] as [Float], [1, 3]), .zeros([1]),
                    Tensor([1.0, 0, 0] as [Float], [3, 1]), .zeros([3]), .ones([3]), .zeros([3]),
                ]
                expectEqual(
                    [x] + parameters, tolerance: 1e-5, level,
                    fused: { Self.fused($0, form: form) }, plain: { Self.plain($0, form: form) })
            }
        }
    }

    @Test func biasesMayBeAbsent() {
        withEachInstructionSet { level in
            for shape in [[3, 5, 7], [40, 32, 48]] {
                expectEqual(
                    Self.operands(shape), tolerance: 1e-5, level,
                    fused: { Self.fused($0, hasBias: false) },
                    plain: { Self.plain($0, hasBias: false) })
            }
        }
    }

    @Test func gradientsGoOnlyWhereTheyAreWanted() {
        for wanted in 0..<128 {
            let all = Self.operands([5, 18, 20])
            for (index, operand) in all.enumerated() {
                operand.requiresGrad = wanted >> index & 1 == 1
            }
            expectEqual(
                all, tolerance: 1e-5, "\(wanted)", fused: { Self.fused($0) },
                plain: { Self.plain($0) })
        }
    }

    /// Every operand is a view with gaps or exchanged axes.
    @Test func memoryNeedNotBeDense() {
        let draw = Operands(seed: 22)
        let operands = [
            draw.leaf([32, 20]), draw.leaf([32, 48], scale: 0.3), draw.leaf([48, 2]),
            draw.leaf([48, 32], scale: 0.3), draw.leaf([32, 3]), draw.leaf([32, 2]),
            draw.leaf([32, 2]),
        ]
        let views: ([Tensor]) -> [Tensor] = {
            $0.enumerated().map { index, tensor in
                [0, 1, 3].contains(index)
                    ? tensor.transpose(0, 1) : tensor.select(dim: 1, index: 1)
            }
        }
        expectEqual(operands, tolerance: 1e-5) {
            Self.fused(views($0))
        } plain: {
            Self.plain(views($0))
        }
    }

    @Test func incomingGradientNeedNotBeDense() {
        expectEqual(Self.operands([24, 32, 48]), tolerance: 1e-5) {
            Self.fused($0).transpose(0, 1).select(dim: 0, index: 3)
        } plain: {
            Self.plain($0).transpose(0, 1).select(dim: 0, index: 3)
        }
    }

    @Test func leadingAxesAreKept() {
        let draw = Operands(seed: 23)
        for shape in [[], [2, 3], [2, 1, 5]] {
            var operands = Self.operands([1, 18, 20])
            operands[0] = draw.leaf(shape + [18])
            expectEqual(
                operands, tolerance: 1e-5, fused: { Self.fused($0) }, plain: { Self.plain($0) })
        }
    }

    @Test func noRowsGiveNoRowsAndZeroGradients() {
        expectEqual(
            Self.operands([0, 32, 48]), fused: { Self.fused($0) }, plain: { Self.plain($0) })
    }

    /// The mask is that of a residual connection with the same seed.
    @Test(arguments: [0.1, 0.5])
    func dropoutIsThatOfTheResidual(probability: Double) {
        withEachInstructionSet { level in
            for shape in [[3, 5, 7], [130, 48, 130]] {
                let whole = Self.operands(shape)
                let parts = copies(of: whole, .float32)
                manualSeed(8)
                let found = Self.fused(whole, dropout: probability)
                manualSeed(8)
                let inner = parts[0].linear(weight: parts[1], bias: parts[2]).gelu()
                let expected = inner.fusedResidualNorm(
                    weight: parts[3], bias: parts[4], residual: parts[0],
                    norm: NormParameters(weight: parts[5], bias: parts[6], epsilon: 1e-5),
                    dropout: probability)
                let gradient = Operands(seed: 1).fixed(found.shape)
                for y in [found, expected] { y.backward(gradient: gradient) }
                #expect(relativeError(found, expected) < 1e-5, "\(level)")
                for (a, b) in zip(whole, parts) {
                    let error = a.grad.flatMap { a in b.grad.map { relativeError(a, $0) } }
                    #expect((error ?? 1) < 1e-5, "\(level)")
                }
            }
        }
    }
}
