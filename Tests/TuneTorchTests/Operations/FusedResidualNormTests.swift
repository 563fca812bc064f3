import Testing
import TuneTorch

@Suite struct FusedResidualNormTests {
    /// Rows, inputs, width.
    static let shapes = [
        [1, 1, 2], [1, 16, 16], [3, 5, 7], [2, 17, 33], [65, 20, 18], [130, 64, 48], [7, 72, 401],
        [300, 31, 66],
    ]

    /// x, weight, bias, residual, γ, β.
    static func operands(_ shape: [Int], seed: UInt64 = 3) -> [Tensor] {
        let draw = Operands(seed: seed)
        let (rows, inputs, width) = (shape[0], shape[1], shape[2])
        return [
            draw.leaf([rows, inputs]), draw.leaf([width, inputs], scale: 0.3),
            draw.leaf([width]), draw.leaf([rows, width]), draw.leaf([width]), draw.leaf([width]),
        ]
    }

    static func fused(_ t: [Tensor], dropout: Double = 0) -> Tensor {
        t[0].fusedResidualNorm(
            weight: t[1], bias: t[2], residual: t[3],
            norm: NormParameters(weight: t[4], bias: t[5], epsilon: 1e-5), dropout: dropout)
    }

    static func plain(_ t: [Tensor], mask: Tensor? = nil) -> Tensor {
        let dense = t[0].linear(weight: t[1], bias: t[2])
        return ((mask.map { dense * $0 } ?? dense) + t[3])
            .layerNorm(shape: t[4].shape, weight: t[4], bias: t[5], eps: 1e-5)
    }

    @Test func equalsThePlainOperations() {
        withEachInstructionSet { level in
            for shape in Self.shapes {
                expectEqual(
                    Self.operands(shape), tolerance: 5e-6, "\(level) \(shape)",
                    fused: { Self.fused($0) }, plain: { Self.plain($0) })
            }
        }
    }

    @Test func biasMayBeAbsent() {
        withEachInstructionSet { level in
            for shape in [[3, 5, 7], [40, 32, 48]] {
                expectEqual(Self.operands(shape), tolerance: 5e-6, level) {
                    $0[0].fusedResidualNorm(
                        weight: $0[1], residual: $0[3],
                        norm: NormParameters(weight: $0[4], bias: $0[5], epsilon: 1e-5))
                } plain: {
                    ($0[0].linear(weight: $0[1]) + $0[3])
                        .layerNorm(shape: $0[4].shape, weight: $0[4], bias: $0[5])
                }
            }
        }
    }

    @Test func gradientsGoOnlyWhereTheyAreWanted() {
        for wanted in 0..<64 {
            let all = Self.operands([5, 18, 20])
            for (index, operand) in all.enumerated() {
                operand.requiresGrad = wanted >> index & 1 == 1
            }
            expectEqual(
                all, tolerance: 5e-6, "\(wanted)", fused: { Self.fused($0) },
                plain: { Self.plain($0) })
        }
    }

    @Test func memoryNeedNotBeDense() {
        let draw = Operands(seed: 8)
        let operands = [
            draw.leaf([32, 20]), draw.leaf([32, 48]), draw.leaf([48, 2]), draw.leaf([48, 20]),
            draw.leaf([48, 3]), draw.leaf([48, 2]),
        ]
        let views: ([Tensor]) -> [Tensor] = {
            [
                $0[0].transpose(0, 1), $0[1].transpose(0, 1), $0[2].select(dim: 1, index: 0),
                $0[3].transpose(0, 1), $0[4].select(dim: 1, index: 1),
                $0[5].select(dim: 1, index: 1),
            ]
        }
        expectEqual(operands, tolerance: 5e-6) {
            Self.fused(views($0))
        } plain: {
            Self.plain(views($0))
        }
    }

    @Test func leadingAxesAreKept() {
        let draw = Operands(seed: 9)
        for shape in [[], [2, 3], [2, 1, 5]] {
            let operands = [
                draw.leaf(shape + [6]), draw.leaf([18, 6]), draw.leaf([18]),
                draw.leaf(shape + [18]), draw.leaf([18]), draw.leaf([18]),
            ]
            expectEqual(
                operands, tolerance: 5e-6, fused: { Self.fused($0) }, plain: { Self.plain($0) })
        }
    }

    /// The residual of a block is the input of the layers before it, so that its gradient is a sum.
    @Test func inputMayBeTheResidualToo() {
        let operands = Self.operands([20, 32, 32])
        expectEqual(operands, tolerance: 5e-6) {
            Self.fused([$0[0], $0[1], $0[2], $0[0], $0[4], $0[5]])
        } plain: {
            Self.plain([$0[0], $0[1], $0[2], $0[0], $0[4], $0[5]])
        }
    }

    /// Rows far from zero and rows of one number: the variance must not come from cancellation.
    @Test func unevenRowsStayAccurate() {
        let rows = Tensor((0..<64).map { 1000 + Float($0 % 7) }, [2, 32])
        let same = Tensor.full([2, 32], 5)
        withEachInstructionSet { level in
            for residual in [rows, same] {
                let t = Self.operands([2, 4, 32])
                expectEqual(
                    [t[0].detached() * 0, t[1], t[2].detached() * 0, residual, t[4], t[5]],
                    tolerance: 1e-4, level, fused: { Self.fused($0) }, plain: { Self.plain($0) })
            }
        }
    }

    @Test func noRowsGiveNoRowsAndZeroGradients() {
        expectEqual(
            Self.operands([0, 32, 48]), fused: { Self.fused($0) }, plain: { Self.plain($0) })
    }
}
