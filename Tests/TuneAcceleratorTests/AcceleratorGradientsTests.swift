import Testing
import TuneAccelerator
import TuneBase
import TuneBatching
import TuneDatasets
import TuneNN
import TuneOptim
import TuneTestSupport
import TuneTorch

@Suite struct AcceleratorGradientsTests {
    /// A layer of one weight with value 1, and its optimizer.
    private func layer() -> (Linear, AdamW) {
        let layer = Linear(1, 1, bias: false)
        withoutGradients { _ = layer.weight.fill_(1) }
        let parameters = layer.namedParameters().map { NamedParameter($0.name, $0.tensor) }
        return (layer, AdamW(parameters, learningRate: 0.1, weightDecay: 0))
    }

    @Test func theLossIsDividedByTheNumberOfBatches() throws {
        let accelerator = try Accelerator(gradientAccumulationSteps: 4, cpu: true)
        let (model, _) = layer()
        try accelerator.backward(model.weight.sum() * 2.0)
        #expect(model.weight.grad?.item() == 0.5)
    }

    @Test func aMissingLossIsAnError() throws {
        let accelerator = try Accelerator(cpu: true)
        #expect(throws: TuneError.self) { try accelerator.backward(nil) }
    }

    /// Five batches with accumulation over two: steps after the second, fourth and last.
    @Test func stepsHappenEveryNthBatchAndAtTheEnd() throws {
        let accelerator = try Accelerator(gradientAccumulationSteps: 2, cpu: true)
        let (layer, adam) = layer()
        let data = try DataLoader(Dataset(Columns(["x": .doubles([1, 2, 3, 4, 5])])))
        let (model, optimizer, loader) = accelerator.prepare(layer, adam, data)
        let scheduler = LRScheduler(optimizer) { 1 / Double($0 + 1) }
        var synchronized: [Bool] = []
        var gradients: [Double] = []
        let batches = withSharedRandomness { loader.makeIterator() }
        while let batch = withSharedRandomness({ batches.next() }) {
            let x = try #require(batch["x"])
            try accelerator.accumulate(model) {
                try accelerator.backward((model.weight * x).sum())
                synchronized.append(accelerator.syncGradients)
                gradients.append(model.weight.grad?.item() ?? .nan)
                optimizer.step()
                scheduler.step()
                optimizer.zeroGrad()
            }
        }
        #expect(synchronized == [false, true, false, true, true])
        #expect(gradients == [0.5, 1.5, 1.5, 3.5, 2.5])
        #expect(scheduler.lastEpoch == 3)
        #expect(optimizer.state["weight"]?["step"]?.item() == 3)
        #expect(!optimizer.isAccumulating)
    }

    @Test func clippingBoundsTheNorm() throws {
        let accelerator = try Accelerator(cpu: true)
        let weight = Tensor([3.0, 4.0] as [Float])
        weight.requiresGrad = true
        (weight * weight).sum().backward()
        let norm = accelerator.clipGradNorm([weight], maxNorm: 1)
        #expect(norm.item() == 10)
        let clipped = weight.grad?.floats() ?? []
        #expect(abs((clipped[0] * clipped[0] + clipped[1] * clipped[1]).squareRoot() - 1) < 1e-5)
    }
}
