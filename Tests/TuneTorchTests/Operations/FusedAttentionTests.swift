import Testing
import TuneTorch

@Suite struct FusedAttentionTests {
    /// Lengths of the sequences, inputs, heads, width of a head.
    struct Case: Sendable {
        let lengths: [Int]
        let inputs: Int
        let heads: Int
        let width: Int

        var tokens: Int { lengths.reduce(0, +) }
        var offsets: [Int] { lengths.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1) } }
    }

    static let cases = [
        Case(lengths: [1], inputs: 1, heads: 1, width: 1),
        Case(lengths: [1], inputs: 16, heads: 2, width: 16),
        Case(lengths: [9], inputs: 20, heads: 3, width: 5),
        Case(lengths: [1, 1, 1], inputs: 8, heads: 2, width: 3),
        Case(lengths: [16, 16, 16, 16], inputs: 32, heads: 2, width: 16),
        Case(lengths: [1, 130, 2, 17], inputs: 24, heads: 2, width: 33),
        Case(lengths: [70, 0, 3], inputs: 18, heads: 1, width: 64),
        Case(lengths: [5, 300], inputs: 16, heads: 4, width: 8),
        Case(lengths: [33, 31], inputs: 48, heads: 1, width: 100),
        Case(lengths: [12, 40], inputs: 32, heads: 12, width: 32),
    ]

    /// Adding the same to all scores of a query changes no probability.
    static let keyBias = 4

    /// x, then weight and bias of query, key and value.
    static func operands(_ c: Case, seed: UInt64 = 11) -> [Tensor] {
        let draw = Operands(seed: seed)
        let width = c.heads * c.width
        return [draw.leaf([c.tokens, c.inputs])]
            + (0..<3).flatMap { _ in
                [draw.leaf([width, c.inputs], scale: 0.4), draw.leaf([width], scale: 0.5)]
            }
    }

    static func fused(_ t: [Tensor], _ c: Case, dropout: Double = 0) -> Tensor {
        t[0].fusedAttention(
            query: ProjectionParameters(weight: t[1], bias: t[2]),
            key: ProjectionParameters(weight: t[3], bias: t[4]),
            value: ProjectionParameters(weight: t[5], bias: t[6]), offsets: c.offsets,
            heads: c.heads, dropout: dropout)
    }

    /// Sequence by sequence; `mask` gives what probabilities `[heads, length, length]` are
    /// multiplied with.
    static func plain(
        _ t: [Tensor], _ c: Case, hasBias: Bool = true, queries: (Tensor, Case)? = nil,
        mask: (Int) -> Tensor? = { _ in nil }
    ) -> Tensor {
        let (from, q) = queries ?? (t[0], c)
        let rows = c.lengths.indices.map { row in
            let (length, count) = (c.lengths[row], q.lengths[row])
            let x = t[0].narrow(dim: 0, start: c.offsets[row], length: length)
            let y = from.narrow(dim: 0, start: q.offsets[row], length: count)
            let heads = (0..<3).map { index in
                (index == 0 ? y : x)
                    .linear(weight: t[1 + 2 * index], bias: hasBias ? t[2 + 2 * index] : nil)
                    .reshape([index == 0 ? count : length, c.heads, c.width]).transpose(0, 1)
            }
            let scores = heads[0].matmul(heads[1].transpose(1, 2))
            let probabilities = (scores / Double(c.width).squareRoot()).softmax(dim: 2)
            let kept = mask(row).map { probabilities * $0 } ?? probabilities
            return kept.matmul(heads[2]).transpose(0, 1).reshape([count, c.heads * c.width])
        }
        return .cat(rows)
    }

    @Test func equalsThePlainOperations() {
        withEachInstructionSet { level in
            for c in Self.cases {
                expectEqual(
                    Self.operands(c), tolerance: 1e-5, cancelling: Self.keyBias, "\(level) \(c)",
                    fused: { Self.fused($0, c) }, plain: { Self.plain($0, c) })
            }
        }
    }

    @Test func biasesMayBeAbsent() {
        withEachInstructionSet { level in
            for c in Self.cases[3...5] {
                expectEqual(
                    Self.operands(c), tolerance: 1e-5, cancelling: Self.keyBias, "\(level) \(c)"
                ) {
                    $0[0].fusedAttention(
                        query: ProjectionParameters(weight: $0[1]),
                        key: ProjectionParameters(weight: $0[3]),
                        value: ProjectionParameters(weight: $0[5]), offsets: c.offsets,
                        heads: c.heads)
                } plain: {
                    Self.plain($0, c, hasBias: false)
                }
            }
        }
    }

    @Test func gradientsGoOnlyWhereTheyAreWanted() {
        let c = Case(lengths: [3, 5], inputs: 16, heads: 2, width: 8)
        for wanted in 0..<128 {
            let all = Self.operands(c)
            for (index, operand) in all.enumerated() {
                operand.requiresGrad = wanted >> index & 1 == 1
            }
            expectEqual(
                all, tolerance: 1e-5, cancelling: Self.keyBias, "\(wanted)",
                fused: { Self.fused($0, c) },
                plain: { Self.plain($0, c) })
        }
    }

    @Test func memoryNeedNotBeDense() {
        let c = Case(lengths: [6, 14], inputs: 32, heads: 2, width: 8)
        let draw = Operands(seed: 12)
        let operands =
            [draw.leaf([32, 20])]
            + (0..<3).flatMap { _ in [draw.leaf([32, 16], scale: 0.4), draw.leaf([16, 2])] }
        let views: ([Tensor]) -> [Tensor] = {
            $0.enumerated().map { index, tensor in
                index > 0 && index % 2 == 0
                    ? tensor.select(dim: 1, index: 1) : tensor.transpose(0, 1)
            }
        }
        expectEqual(operands, tolerance: 1e-5, cancelling: Self.keyBias) {
            Self.fused(views($0), c)
        } plain: {
            Self.plain(views($0), c)
        }
    }

    /// Scores in the hundreds, and equal ones: the softmax neither overflows nor loses its sum.
    @Test func extremeScoresStayAccurate() {
        let c = Case(lengths: [40], inputs: 16, heads: 1, width: 16)
        withEachInstructionSet { level in
            for scale in [0.0, 30] {
                let all = Self.operands(c)
                withoutGradients {
                    all[1].mul_(scale)
                    all[2].mul_(scale)
                }
                expectEqual(
                    all, tolerance: 1e-3, cancelling: Self.keyBias, "\(level) \(scale)",
                    fused: { Self.fused($0, c) },
                    plain: { Self.plain($0, c) })
            }
        }
    }

    @Test func noTokensGiveNoTokens() {
        for lengths in [[], [0, 0]] {
            let c = Case(lengths: lengths, inputs: 16, heads: 2, width: 8)
            let all = Self.operands(c)
            let y = Self.fused(all, c)
            #expect(y.shape == [0, 16])
            y.sum().backward()
            for weight in all.dropFirst() {
                #expect(weight.grad?.doubles().allSatisfy { $0 == 0 } == true)
            }
        }
    }

    /// Rows of another tensor attend: fewer or more.
    @Test func queriesMayBeOtherRows() {
        for (keys, queries) in [
            ([4, 9, 1], [1, 1, 1]), ([130, 3], [2, 70]), ([20], [150]), ([5, 0, 300], [1, 0, 1]),
        ] {
            let (c, q) = (
                Case(lengths: keys, inputs: 20, heads: 3, width: 7),
                Case(lengths: queries, inputs: 20, heads: 3, width: 7)
            )
            withEachInstructionSet { level in
                expectEqual(
                    Self.operands(c) + [Operands(seed: 13).leaf([q.tokens, 20])], tolerance: 1e-5, cancelling: Self.keyBias, "\(level) \(keys) \(queries)"
                ) {
                    $0[0].fusedAttention(
                        of: QueryRows($0[7], offsets: q.offsets),
                        query: ProjectionParameters(weight: $0[1], bias: $0[2]),
                        key: ProjectionParameters(weight: $0[3], bias: $0[4]),
                        value: ProjectionParameters(weight: $0[5], bias: $0[6]),
                        offsets: c.offsets, heads: 3)
                } plain: {
                    Self.plain($0, c, queries: ($0[7], q))
                }
            }
        }
    }
}
