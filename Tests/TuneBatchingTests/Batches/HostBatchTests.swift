import Testing
import TuneBatching
import TuneTorch

@Suite struct HostBatchTests {
    @Test func keepsOrderAndPrintsShapesAsPython() {
        var batch: HostBatch = HostBatch([
            "input_ids": HostTensor([1, 2, 3, 4, 5, 6], shape: [2, 3]),
            "labels": HostTensor([0, 1]),
        ])
        #expect(batch.names == ["input_ids", "labels"])
        #expect(batch.rowCount == 2)
        #expect(
            batch.shapes.description
                == "{'input_ids': torch.Size([2, 3]), 'labels': torch.Size([2])}")
        #expect(batch.shapes["labels"] == [2])
        batch["input_ids"] = nil
        #expect(batch.names == ["labels"])
    }

    @Test func becomesTensorsByName() throws {
        let batch = HostBatch(["labels": HostTensor([0, 1])])
        #expect(try #require(batch.tensors()["labels"]).ints() == [0, 1])
    }
}
