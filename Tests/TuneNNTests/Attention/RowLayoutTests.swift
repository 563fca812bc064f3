import Testing
import TuneNN
import TuneTorch

@Suite struct RowLayoutTests {
    private let ids = Tensor(Array(10..<22), [3, 4])

    private func layout(_ mask: Tensor?, _ mode: ExecutionMode = .fast) -> RowLayout {
        ExecutionMode.$current.withValue(mode) {
            RowLayout(batch: 3, length: 4, attentionMask: mask, device: .cpu)
        }
    }

    @Test func realTokensArePacked() {
        let rows = layout(Tensor([1, 1, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0], [3, 4]))
        #expect(rows.offsets == [0, 2, 6, 7])
        #expect(rows.arrange(ids).ints() == [10, 11, 14, 15, 16, 17, 18])
        #expect(rows.positions(device: .cpu).ints() == [0, 1, 0, 1, 2, 3, 0])
        #expect(rows.firstTokens(.arange(7).unsqueeze(1)).ints() == [0, 2, 6])
    }

    @Test func holesAreLeftOutToo() {
        let rows = layout(Tensor([1, 0, 0, 1, 1, 0, 1, 0, 1, 1, 1, 1], [3, 4]))
        #expect(rows.offsets == [0, 2, 4, 8])
        #expect(rows.arrange(ids).ints() == [10, 13, 14, 16, 18, 19, 20, 21])
        #expect(rows.positions(device: .cpu).ints() == [0, 3, 0, 2, 0, 1, 2, 3])
    }

    @Test(arguments: [true, false])
    func batchesWithoutPaddingAreFlattened(hasMask: Bool) {
        let rows = layout(hasMask ? .ones([3, 4], dtype: .int64) : nil)
        #expect(rows.offsets == [0, 4, 8, 12])
        #expect(rows.arrange(ids).ints() == ids.ints() && rows.arrange(ids).shape == [12])
        #expect(rows.positions(device: .cpu).ints() == [0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3])
        #expect(rows.padded(.zeros([12, 5])).shape == [3, 4, 5])
    }

    @Test func rowsThatBeginWithPaddingStayPadded() {
        let rows = layout(Tensor([1, 1, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0], [3, 4]))
        #expect(rows.offsets == nil)
        #expect(rows.arrange(ids).isSame(as: ids))
        #expect(rows.positions(device: .cpu).shape == [1, 4])
        #expect(rows.firstTokens(.zeros([3, 4, 2])).shape == [3, 2])
    }

    @Test func referenceStaysPadded() {
        let rows = layout(.ones([3, 4], dtype: .int64), .reference)
        #expect(rows.offsets == nil)
        let hidden = Tensor.zeros([3, 4, 5])
        #expect(rows.padded(hidden).isSame(as: hidden))
    }

    /// Truth values and numbers other than 1 count as real where they are not zero.
    @Test func masksMayHaveAnyType() {
        let marks = [1, 1, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0]
        for mask in [
            Tensor(marks.map { $0 == 1 }, [3, 4]), Tensor(marks.map { Float($0) }, [3, 4]),
            Tensor(marks.map { $0 * 7 }, [3, 4]),
            Tensor(marks.map { Float($0) / 4 }, [3, 4]), Tensor(marks.map { UInt8($0) }, [3, 4]),
        ] {
            #expect(layout(mask).offsets == [0, 2, 6, 7])
        }
    }

    @Test func paddedPutsTokensBackInTheirPlaces() {
        let rows = layout(Tensor([1, 0, 1, 0, 1, 1, 1, 1, 1, 0, 0, 0], [3, 4]))
        let hidden = Tensor((0..<14).map { Float($0) }, [7, 2])
        let padded = rows.padded(hidden)
        #expect(padded.shape == [3, 4, 2])
        let found = padded.reshape([12, 2])
        for (token, place) in [0, 2, 4, 5, 6, 7, 8].enumerated() {
            #expect(
                found.select(dim: 0, index: place).floats() == [
                    Float(2 * token), Float(2 * token + 1),
                ])
        }
    }

    @Test func emptyBatchesHaveNoTokens() {
        let none = RowLayout(batch: 0, length: 4, attentionMask: nil, device: .cpu)
        #expect(none.offsets == [0])
        #expect(none.arrange(.zeros([0, 4], dtype: .int64)).shape == [0])
        #expect(none.firstTokens(.zeros([0, 2])).shape == [0, 2])
        let short = RowLayout(batch: 3, length: 0, attentionMask: nil, device: .cpu)
        #expect(short.offsets == nil)
    }

    @Test(arguments: [[3, 5], [2, 4], [1, 4], [0]])
    func masksOfOtherShapesAreRefused(shape: [Int]) {
        for mask in [Tensor.ones(shape, dtype: .int64), .zeros(shape, dtype: .int64)] {
            #expect(throws: TorchError.self, "\(shape)") {
                try catchingTorchErrors {
                    let rows = layout(mask)
                    let line = Linear(4, 4)
                    _ = rows.selfAttention(
                        .zeros([3, 4, 4]),
                        AttentionLayers(
                            query: line, key: line, value: line, heads: 2, dropout: Dropout(0)))
                }
            }
        }
    }

    @Test func undefinedMasksAreRefused() {
        #expect(throws: TorchError.self) {
            try catchingTorchErrors { layout(Tensor.ones([2]) + Tensor.ones([3])) }
        }
    }
}
