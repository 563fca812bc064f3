import Testing
import TuneTestSupport
import TuneTorch

@Suite struct FusedEmbeddingTests {
    static let (vocabulary, kinds, places) = (50, 2, 40)

    /// The three tables, γ, β.
    static func tables(_ width: Int, seed: UInt64 = 21) -> [Tensor] {
        let draw = Operands(seed: seed)
        return [
            draw.leaf([vocabulary, width]), draw.leaf([kinds, width]), draw.leaf([places, width]),
            draw.leaf([width]), draw.leaf([width]),
        ]
    }

    static func ids(_ shape: [Int], seed: UInt64 = 22) -> TokenTensors {
        let draw = Operands(seed: seed)
        return TokenTensors(
            words: draw.ids(shape, below: vocabulary), types: draw.ids(shape, below: kinds),
            positions: draw.ids(shape, below: places))
    }

    static func fused(
        _ t: [Tensor], _ ids: TokenTensors, padding: Int? = nil, dropout: Double = 0
    ) -> Tensor {
        .fusedEmbedding(
            ids: ids, tables: TokenTensors(words: t[0], types: t[1], positions: t[2]),
            paddingIndex: padding, norm: NormParameters(weight: t[3], bias: t[4], epsilon: 1e-12),
            dropout: dropout)
    }

    static func plain(_ t: [Tensor], shape: [Int], padding: Int? = nil) -> Tensor {
        let draw = Operands(seed: 22)
        let words = Tensor.embedding(
            weight: t[0], indices: draw.ids(shape, below: vocabulary), paddingIndex: padding)
        let types = Tensor.embedding(weight: t[1], indices: draw.ids(shape, below: kinds))
        let positions = Tensor.embedding(weight: t[2], indices: draw.ids(shape, below: places))
        return (words + types + positions)
            .layerNorm(shape: t[3].shape, weight: t[3], bias: t[4], eps: 1e-12)
    }

    @Test func equalsThePlainOperations() {
        withEachInstructionSet { level in
            for (shape, width) in [
                ([1], 2), ([1, 1], 16), ([3, 5], 7), ([2, 65], 33), ([300], 48), ([4, 40], 401),
            ] {
                for padding in [nil, 0, 7] {
                    expectEqual(
                        Self.tables(width), tolerance: 5e-6, "\(level) \(shape) \(width)",
                        fused: { Self.fused($0, Self.ids(shape), padding: padding) },
                        plain: { Self.plain($0, shape: shape, padding: padding) })
                }
            }
        }
    }

    @Test func gradientsGoOnlyWhereTheyAreWanted() {
        for wanted in 0..<32 {
            let all = Self.tables(20)
            for (index, operand) in all.enumerated() {
                operand.requiresGrad = wanted >> index & 1 == 1
            }
            expectEqual(
                all, tolerance: 5e-6, "\(wanted)", fused: { Self.fused($0, Self.ids([2, 9])) },
                plain: { Self.plain($0, shape: [2, 9]) })
        }
    }

    @Test func memoryNeedNotBeDense() {
        let draw = Operands(seed: 23)
        let operands = [
            draw.leaf([20, 50]), draw.leaf([20, 2]), draw.leaf([20, 40]), draw.leaf([20, 2]),
            draw.leaf([20, 2]),
        ]
        let views: ([Tensor]) -> [Tensor] = { tensors in
            (0..<3).map { tensors[$0].transpose(0, 1) }
                + (3..<5).map { tensors[$0].select(dim: 1, index: 1) }
        }
        let across = Self.ids([5, 3])
        expectEqual(operands, tolerance: 5e-6) {
            Self.fused(views($0), across)
        } plain: {
            Self.plain(views($0), shape: [5, 3])
        }
    }

    @Test func idsNeedNotBeDense() {
        let draw = Operands(seed: 24)
        let words = draw.ids([4, 6], below: Self.vocabulary)
        let zeros = Tensor.zeros([1, 1], dtype: .int64).expand([6, 4])
        let t = Self.tables(12)
        // Equal bits need the same kernels for both.
        withSharedRandomness {
            let strided = Self.fused(
                t, TokenTensors(words: words.transpose(0, 1), types: zeros, positions: zeros))
            let dense = Self.fused(
                t,
                TokenTensors(
                    words: words.transpose(0, 1).contiguous(), types: zeros.contiguous(),
                    positions: zeros.contiguous()))
            #expect(strided.floats() == dense.floats())
        }
    }

    @Test func noTokensGiveNoTokens() {
        expectEqual(
            Self.tables(12), fused: { Self.fused($0, Self.ids([2, 0])) },
            plain: { Self.plain($0, shape: [2, 0]) })
    }
}
