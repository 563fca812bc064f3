import Testing
import TuneBatching
import TuneTrainer

@Suite struct LossScaleTests {
    private func batch(_ labels: [Int]?) -> HostBatch {
        var batch = HostBatch(["input_ids": HostTensor([1, 1, 1], shape: [3, 1])])
        batch["labels"] = labels.map { HostTensor($0) }
        return batch
    }

    private func weights(_ scaling: LossScaling, _ batches: [HostBatch]) -> [Double] {
        scaling.scales(of: batches).map(\.weight)
    }

    @Test func meanLossesWeighByTheirLabels() {
        let batches = [batch([0, 1, -100]), batch([1, 1, 1]), batch([-100, -100, 0])]
        let scales = LossScaling(.mean).scales(of: batches)
        #expect(scales.map(\.numItemsInBatch) == [6, 6, 6])
        let expected: [Double] = [2.0 / 6, 3.0 / 6, 1.0 / 6]
        #expect(scales.map(\.weight) == expected)
        #expect(weights(LossScaling(.mean), [batch(nil), batch(nil)]) == [0.5, 0.5])
        #expect(weights(LossScaling(.mean), [batch([0, -100, -100])]) == [1])
    }

    @Test func pythonAddsUnlessItCannotCount() {
        let batches = [batch([0, 1, 1]), batch([1, 1, 1])]
        #expect(weights(LossScaling(.python), batches) == [1, 1])
        #expect(weights(LossScaling(.python, isNormalized: false), batches) == [0.5, 0.5])
        #expect(weights(LossScaling(.python), [batch(nil), batch(nil)]) == [0.5, 0.5])
    }

    @Test func normalisedLossesCountOnce() {
        let batches = [batch([0, 1, 1]), batch([1, -100, 1])]
        for rule in GradientAccumulationScaling.allCases {
            let scales = LossScaling(rule, isNormalized: true).scales(of: batches)
            #expect(scales.map(\.weight) == [1, 1])
            #expect(scales[0].numItemsInBatch == 5)
        }
    }

    @Test func partsOfABatchShareItsWeight() {
        let parts = [batch([0, 1, -100]), batch([-100, -100, -100]), batch([1, 1, 1])]
        let whole = LossScale(numItemsInBatch: 10, weight: 0.5)
        #expect(
            LossScaling(.mean).scales(of: parts, ofBatch: whole)
                == [0.2, 0, 0.3].map { LossScale(numItemsInBatch: 10, weight: $0) })
        #expect(
            LossScaling(.mean, isNormalized: true).scales(of: parts, ofBatch: whole)
                == [whole, whole, whole])
    }

    @Test func theFirstLabelOfARowDoesNotCountForTheNextToken() {
        let batch = HostBatch(["labels": HostTensor([5, 6, -100, 7, 8, 9], shape: [2, 3])])
        #expect(LossScaling(.mean).labelCount(in: batch) == 5)
        #expect(LossScaling(.mean, shiftsLabels: true).labelCount(in: batch) == 3)
        let given = HostBatch([
            "labels": HostTensor([1, 1], shape: [1, 2]),
            "shift_labels": HostTensor([1, -100], shape: [1, 2]),
        ])
        #expect(LossScaling(.mean, shiftsLabels: true).labelCount(in: given) == 1)
    }
}
