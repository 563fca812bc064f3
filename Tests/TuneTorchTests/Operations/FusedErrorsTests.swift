import Testing
import TuneTorch

/// Operands that do not fit are told by a ``TorchError``; nothing is read beyond them.
@Suite struct FusedErrorsTests {
    private func expectFailure(
        _ message: String, _ name: String = "", sourceLocation: SourceLocation = #_sourceLocation,
        _ body: () -> Tensor
    ) {
        let error = #expect(throws: TorchError.self, "\(name)", sourceLocation: sourceLocation) {
            try catchingTorchErrors { #expect(!body().isDefined, "\(name)") }
        }
        let text = error?.message ?? message
        #expect(text.contains(message), "\(name): \(text)", sourceLocation: sourceLocation)
    }

    private func ones(_ shape: [Int]) -> Tensor { .ones(shape) }

    @Test func linearNeedsFittingShapes() {
        let layer = { (x: Tensor, w: Tensor, b: Tensor?) in x.fusedLinear(weight: w, bias: b) }
        expectFailure("the input has the shape") { layer(ones([2, 3]), ones([4, 5]), nil) }
        expectFailure("the bias has the shape") {
            layer(ones([2, 3]), ones([4, 3]), ones([3]))
        }
        expectFailure("the bias has the shape") {
            layer(ones([2, 3]), ones([4, 3]), ones([4, 1]))
        }
        expectFailure("matrix") { layer(ones([2, 3]), ones([3]), nil) }
        expectFailure("matrix") { layer(ones([2, 3]), ones([4, 3, 1]), nil) }
        expectFailure("") { layer(ones([]), ones([4, 3]), nil) }
        expectFailure("") { layer(ones([2, 0]), ones([4, 0]), nil) }
    }

    @Test func linearNeedsFloat32() {
        let double = Tensor.ones([2, 3], dtype: .float64)
        expectFailure("float32") { double.fusedLinear(weight: ones([4, 3])) }
        expectFailure("") { ones([2, 3]).fusedLinear(weight: double) }
        expectFailure("float32") {
            ones([2, 3]).fusedLinear(weight: ones([2, 3]), bias: .ones([2], dtype: .bfloat16))
        }
        expectFailure("") { Tensor.ones([2, 3], dtype: .int64).fusedLinear(weight: double) }
    }

    @Test func feedForwardNeedsFittingOperands() {
        for index in 0..<7 {
            let operands = FusedFeedForwardTests.operands([3, 4, 5]).map { $0.detached() }
            for replacement in [ones([7]), ones([3, 7]), ones([1]), operands[index].to(.float64)] {
                var changed = operands
                changed[index] = replacement
                expectFailure("", "operand \(index): \(replacement.shape)") {
                    FusedFeedForwardTests.fused(changed)
                }
            }
        }
    }

    @Test func residualNormNeedsFittingOperands() {
        for index in 0..<6 {
            let operands = FusedResidualNormTests.operands([3, 4, 5]).map { $0.detached() }
            for replacement in [ones([7]), ones([3, 7]), ones([1]), operands[index].to(.float64)] {
                var changed = operands
                changed[index] = replacement
                expectFailure("", "operand \(index): \(replacement.shape)") {
                    FusedResidualNormTests.fused(changed)
                }
            }
        }
    }

    @Test(arguments: [-0.1, 1, 1.5, .nan, .infinity])
    func dropoutIsAProbabilityBelowOne(probability: Double) {
        let c = FusedAttentionTests.cases[2]
        expectFailure("dropout") {
            FusedResidualNormTests.fused(
                FusedResidualNormTests.operands([3, 4, 5]), dropout: probability)
        }
        expectFailure("dropout") {
            FusedAttentionTests.fused(FusedAttentionTests.operands(c), c, dropout: probability)
        }
        expectFailure("dropout") {
            FusedEmbeddingTests.fused(
                FusedEmbeddingTests.tables(8), FusedEmbeddingTests.ids([3]), dropout: probability)
        }
    }

    private func attention(
        _ x: [Int] = [6, 8], weights: [[Int]] = [[4, 8], [4, 8], [4, 8]], bias: [Int]? = nil,
        offsets: [Int] = [0, 2, 6], queries: ([Int], [Int])? = nil, heads: Int = 2
    ) -> Tensor {
        let projections = weights.map {
            ProjectionParameters(weight: ones($0), bias: bias.map(ones))
        }
        return ones(x).fusedAttention(
            of: queries.map { QueryRows(ones($0.0), offsets: $0.1) }, query: projections[0],
            key: projections[1], value: projections[2], offsets: offsets,
            heads: heads)
    }

    @Test func attentionNeedsHeadsThatDivide() {
        for heads in [0, -1, 3, 8, Int.max, Int.min] {
            expectFailure("heads", "\(heads)") { attention(heads: heads) }
        }
    }

    @Test func keysAndQueriesNeedEachOther() {
        for queries in [
            ([2, 8], [0, 2, 2]), ([2, 8], [0, 2]), ([2, 8], [0, 1, 2, 2]), ([2, 8], [0, 1, 3]),
            ([2, 8], [0, 1, 1]), ([2, 8], [0, 0, 2]), ([2, 8], []), ([2, 7], [0, 1, 2]), ([2, 9], [0, 1, 2]),
        ] {
            expectFailure("", "\(queries)") { attention(queries: queries) }
        }
        expectFailure("queries") { attention(offsets: [0, 0, 6], queries: ([2, 8], [0, 1, 2])) }
    }

    @Test func attentionNeedsOffsetsThatCoverTheRows() {
        for offsets in [
            [], [0], [0, 5], [0, 7], [1, 6], [0, 4, 2, 6], [0, -1, 6], [6, 0], [0, Int.max],
            [0, Int.max, 6],
        ] {
            expectFailure("sequences", "\(offsets)") { attention(offsets: offsets) }
        }
    }

    @Test func attentionNeedsFittingShapes() {
        for index in 0..<3 {
            for shape in [[4], [4, 7], [6, 8], [4, 8, 1]] {
                var weights = [[4, 8], [4, 8], [4, 8]]
                weights[index] = shape
                expectFailure("", "\(weights)") { attention(weights: weights) }
            }
        }
        expectFailure("bias") { attention(bias: [5]) }
        expectFailure("") { attention([]) }
        expectFailure("") { attention([6, 7]) }
    }

    @Test func attentionNeedsFloat32() {
        for index in 0..<7 {
            let c = FusedAttentionTests.cases[2]
            var operands = FusedAttentionTests.operands(c).map { $0.detached() }
            operands[index] = operands[index].to(.float64)
            expectFailure("", "\(index)") { FusedAttentionTests.fused(operands, c) }
        }
    }

    @Test func idsMustBeInTheirTables() {
        let tables = FusedEmbeddingTests.tables(8)
        let sizes = [
            FusedEmbeddingTests.vocabulary, FusedEmbeddingTests.kinds, FusedEmbeddingTests.places,
        ]
        for index in 0..<3 {
            for id in [-1, sizes[index], Int.max, Int.min] {
                var ids = [Tensor([0, 1]), Tensor([0, 1]), Tensor([0, 1])]
                ids[index] = Tensor([0, id])
                expectFailure("outside the table of \(sizes[index])") {
                    FusedEmbeddingTests.fused(
                        tables, TokenTensors(words: ids[0], types: ids[1], positions: ids[2]))
                }
            }
        }
    }

    @Test func idsMustBeIntegersOfOneShape() {
        let tables = FusedEmbeddingTests.tables(8)
        for index in 0..<3 {
            for wrong in [
                Tensor([0]), Tensor([0, 1], [2, 1]), Tensor([0, 1] as [Int32]),
                Tensor([0, 1] as [Float]),
            ] {
                var ids = [Tensor([0, 1]), Tensor([0, 1]), Tensor([0, 1])]
                ids[index] = wrong
                expectFailure("ids", "\(index) \(wrong)") {
                    FusedEmbeddingTests.fused(
                        tables, TokenTensors(words: ids[0], types: ids[1], positions: ids[2]))
                }
            }
        }
    }

    @Test func tablesMustFitOneAnother() {
        for index in 0..<5 {
            var tables = FusedEmbeddingTests.tables(8).map { $0.detached() }
            let rows = tables[index].shape[0]
            for wrong in [
                index < 3 ? ones([rows, 4]) : ones([4]), ones([rows, 8, 1]), ones([rows, 16]),
                tables[index].to(.float64),
            ] {
                tables[index] = wrong
                expectFailure("", "\(index) \(wrong.shape)") {
                    FusedEmbeddingTests.fused(tables, FusedEmbeddingTests.ids([3]))
                }
            }
        }
    }

    @Test func failedOperandsArePassedOn() throws {
        let error = try #require(throws: TorchError.self) {
            try catchingTorchErrors {
                let failed = ones([2]) + ones([3])
                let t = FusedResidualNormTests.operands([2, 2, 2])
                for index in 0..<6 {
                    var changed = t
                    changed[index] = failed
                    #expect(!FusedResidualNormTests.fused(changed).isDefined)
                }
            }
        }
        #expect(error.operation == "+")
    }

    @Test func unknownInstructionSetsAreRefused() {
        let error = #expect(throws: TorchError.self) {
            try catchingTorchErrors { TorchRuntime.instructionSet = "mmx" }
        }
        #expect(error?.message.contains("mmx") == true)
    }
}
