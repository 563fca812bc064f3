import Testing
import TuneAccelerator
import TuneNN
import TuneOptim
import TuneTorch

@Suite struct AcceleratorPrecisionTests {
    /// The loop of the example, without anything about precision in it.
    @Test(arguments: MixedPrecision.allCases.filter { $0 != .fp16 })
    func aPlainLoopFollowsPython(_ precision: MixedPrecision) throws {
        let golden = try Golden()
        let accelerator = try Accelerator(mixedPrecision: precision, cpu: true)
        let (model, optimizer) = try {
            let model = try golden.classifier()
            let optimizer = AdamW(model.namedParameters(), learningRate: 0.02, weightDecay: 0.01)
            return accelerator.prepare(model, optimizer)
        }()
        let expected = try golden.loop(precision.rawValue)
        let tolerance = try golden.tolerance(precision.rawValue)
        var logits: [Float] = []
        for (step, batch) in try golden.batches().enumerated() {
            let output = try model(batch)
            #expect(model.computedType == (precision == .bf16 ? .bfloat16 : .float32))
            #expect(output.logits.dtype == .float32 && output.loss?.dtype == .float32)
            let loss = try Float(#require(output.loss).item())
            #expect(abs(loss - expected.losses[step]) <= tolerance, "step \(step)")
            logits = output.logits.floats()
            try accelerator.backward(output.loss)
            optimizer.step()
            optimizer.zeroGrad()
        }
        #expect(zip(logits, expected.logits).allSatisfy { abs($0 - $1) <= 10 * tolerance })
        #expect(model.parameters().allSatisfy { $0.dtype == .float32 })
    }

    @Test func unwrappingKeepsThePrecisionUnlessToldOtherwise() throws {
        let golden = try Golden()
        let accelerator = try Accelerator(mixedPrecision: .bf16, cpu: true)
        let prepared = try accelerator.prepare(golden.classifier())
        let batch = try golden.batches()[0]
        _ = try accelerator.unwrapModel(prepared)(batch)
        #expect(prepared.computedType == .bfloat16)
        _ = try accelerator.unwrapModel(prepared, keepFP32Wrapper: false)(batch)
        #expect(prepared.computedType == .float32)
    }

    @Test func autocastAroundAPreparedModelChangesNothing() throws {
        let golden = try Golden()
        let accelerator = try Accelerator(mixedPrecision: .bf16, cpu: true)
        let model = try accelerator.prepare(golden.classifier())
        let batch = try golden.batches()[0]
        let (plain, wrapped) = try (model(batch), accelerator.autocast { try model(batch) })
        #expect(plain.logits.floats() == wrapped.logits.floats())
        #expect(wrapped.logits.dtype == .float32)
    }

    @Test func autocastComputesInBfloat16() throws {
        let a = Tensor.ones([2, 2])
        let half = try Accelerator(mixedPrecision: .bf16, cpu: true).autocast { a.matmul(a) }
        #expect(half.dtype == .bfloat16)
        let full = try Accelerator(mixedPrecision: .no, cpu: true).autocast { a.matmul(a) }
        #expect(full.dtype == .float32)
    }
}
