import Testing
import TuneTorch

@Suite struct FusedLinearTests {
    /// Rows, inputs, outputs: one row, one number, widths beside those of vectors and tiles, more
    /// rows than one block has.
    static let shapes = [
        [1, 1, 1], [1, 16, 16], [3, 5, 7], [2, 17, 33], [65, 16, 18], [130, 64, 48], [7, 400, 72],
        [300, 31, 130], [64, 48, 400], [1030, 20, 17],
    ]

    private func operands(_ shape: [Int]) -> [Tensor] {
        let draw = Operands(seed: UInt64(shape.reduce(0) { $0 * 31 + $1 }))
        return [
            draw.leaf([shape[0], shape[1]]), draw.leaf([shape[2], shape[1]], scale: 0.2),
            draw.leaf([shape[2]]),
        ]
    }

    @Test func linearEqualsThePlainOperation() {
        withEachInstructionSet { level in
            for shape in Self.shapes {
                expectEqual(operands(shape), "\(level) \(shape)") {
                    $0[0].fusedLinear(weight: $0[1], bias: $0[2])
                } plain: {
                    $0[0].linear(weight: $0[1], bias: $0[2])
                }
            }
        }
    }

    @Test func biasMayBeAbsent() {
        withEachInstructionSet { level in
            for shape in [[3, 5, 7], [40, 32, 48]] {
                let pair = Array(operands(shape).dropLast())
                expectEqual(pair, level) {
                    $0[0].fusedLinear(weight: $0[1])
                } plain: {
                    $0[0].linear(weight: $0[1])
                }
            }
        }
    }

    @Test func gradientsGoOnlyWhereTheyAreWanted() {
        for shape in [[3, 5, 7], [40, 32, 48]] {
            for wanted in 0..<8 {
                let all = operands(shape)
                for (index, operand) in all.enumerated() {
                    operand.requiresGrad = wanted >> index & 1 == 1
                }
                expectEqual(all, "\(shape) \(wanted)") {
                    $0[0].fusedLinear(weight: $0[1], bias: $0[2])
                } plain: {
                    $0[0].linear(weight: $0[1], bias: $0[2])
                }
            }
        }
    }

    /// Every operand is a view with gaps or exchanged axes; also a leaf that is one itself.
    @Test func memoryNeedNotBeDense() {
        let draw = Operands(seed: 5)
        let operands = [draw.leaf([32, 20]), draw.leaf([32, 48]), draw.leaf([48, 2])]
        let views: ([Tensor]) -> [Tensor] = {
            [$0[0].transpose(0, 1), $0[1].transpose(0, 1), $0[2].select(dim: 1, index: 1)]
        }
        expectEqual(copies(of: operands, .float32)) {
            let v = views($0)
            return v[0].fusedLinear(weight: v[1], bias: v[2])
        } plain: {
            let v = views($0)
            return v[0].linear(weight: v[1], bias: v[2])
        }
        let strided = views(operands.map { $0.detached() })
        for leaf in strided { leaf.requiresGrad = true }
        let dense = copies(of: strided, .float64)
        let gradient = draw.fixed([20, 48])
        strided[0].fusedLinear(weight: strided[1], bias: strided[2]).backward(gradient: gradient)
        dense[0].linear(weight: dense[1], bias: dense[2])
            .backward(gradient: gradient.to(.float64))
        for (found, wanted) in zip(strided, dense) {
            #expect(
                found.grad.flatMap { a in wanted.grad.map { relativeError(a, $0) } } ?? 1 < 1e-5)
        }
    }

    /// The gradient of the result may come with gaps or repeated elements.
    @Test func incomingGradientNeedNotBeDense() {
        let operands = operands([24, 32, 48])
        for form in [0, 1] {
            let layer: ([Tensor], Bool) -> Tensor = { t, isFused in
                let y =
                    isFused
                    ? t[0].fusedLinear(weight: t[1], bias: t[2])
                    : t[0].linear(weight: t[1], bias: t[2])
                return form == 0 ? y.sum() : y.transpose(0, 1).select(dim: 0, index: 3)
            }
            expectEqual(copies(of: operands, .float32)) {
                layer($0, true)
            } plain: {
                layer($0, false)
            }
        }
    }

    @Test func leadingAxesAreKept() {
        let draw = Operands(seed: 6)
        for shape in [[4], [2, 3, 4], [2, 1, 5, 20]] {
            let width = shape[shape.count - 1]
            expectEqual([draw.leaf(shape), draw.leaf([18, width]), draw.leaf([18])]) {
                $0[0].fusedLinear(weight: $0[1], bias: $0[2])
            } plain: {
                $0[0].linear(weight: $0[1], bias: $0[2])
            }
        }
    }

    @Test(arguments: [4, 32, 400])
    func noRowsGiveNoRowsAndZeroGradients(width: Int) {
        let draw = Operands(seed: 7)
        let operands = [draw.leaf([0, width]), draw.leaf([width, width]), draw.leaf([width])]
        expectEqual(operands) {
            $0[0].fusedLinear(weight: $0[1], bias: $0[2])
        } plain: {
            $0[0].linear(weight: $0[1], bias: $0[2])
        }
    }
}
