import Testing
import TuneAccelerator
import TuneBase
import TuneBatching
import TuneDatasets
import TuneTestSupport
import TuneTorch

@Suite struct AcceleratorGatheringTests {
    @Test func gatherForMetricsCutsTheLastBatchToItsTrueRows() throws {
        let accelerator = try Accelerator(cpu: true)
        let data = try DataLoader(
            Dataset(Columns(["x": .ints([0, 1, 2, 3, 4])])), batchSize: 2)
        let loader = accelerator.prepare(data)
        var rows: [Int] = []
        let batches = withSharedRandomness { loader.makeIterator() }
        while let batch = withSharedRandomness({ batches.next() }) {
            #expect(batch["x"]?.shape[0] == [2, 2, 1][rows.count])
            rows.append(accelerator.gatherForMetrics(Tensor.ones([2, 3])).shape[0])
        }
        #expect(rows == [2, 2, 1])
        let (a, b) = accelerator.gatherForMetrics(Tensor.ones([2]), Tensor.ones([2]))
        #expect(a.shape == [2] && b.shape == [2])
    }

    @Test func gatherKeepsOneProcessesRows() throws {
        let accelerator = try Accelerator(cpu: true)
        #expect(accelerator.gather(Tensor([1, 2, 3])).ints() == [1, 2, 3])
    }
}
