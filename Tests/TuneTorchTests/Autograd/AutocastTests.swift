import Testing
import TuneTorch

struct AutocastTests {
    let a = Tensor.ones([4, 4])

    @Test func productsComputeInTheLowerType() {
        withAutocast(.cpu, dtype: .bfloat16) {
            #expect(a.matmul(a).dtype == .bfloat16)
            #expect(a.linear(weight: a).dtype == .bfloat16)
            #expect(
                a.matmul(a).logSoftmax(dim: 1).crossEntropy(target: Tensor([0, 1, 2, 3])).dtype
                    == .float32)
            withAutocast(.cpu, dtype: .bfloat16, enabled: false) {
                #expect(a.matmul(a).dtype == .float32)
            }
            #expect(a.matmul(a).dtype == .bfloat16)
        }
        #expect(a.matmul(a).dtype == .float32)
    }

    @Test func nilLeavesEverythingAsItIs() {
        let precision = Autocast(.cpu, dtype: .bfloat16)
        withAutocast(precision) {
            #expect(a.matmul(a).dtype == .bfloat16)
            withAutocast(nil) { #expect(a.matmul(a).dtype == .bfloat16) }
        }
        withAutocast(nil) { #expect(a.matmul(a).dtype == .float32) }
    }

    @Test func gradientsHaveTheTypeOfTheParameters() throws {
        let weight = Tensor.ones([2, 4])
        weight.requiresGrad = true
        let loss = withAutocast(.cpu, dtype: .bfloat16) {
            a.linear(weight: weight).to(.float32).sum()
        }
        loss.backward()
        let grad = try #require(weight.grad)
        #expect(grad.dtype == .float32 && grad.floats() == Array(repeating: 4, count: 8))
    }

    @Test func changedWeightsAreSeenByTheNextRegion() {
        let weight = Tensor.ones([1, 4])
        weight.requiresGrad = true
        func forward() -> [Float] {
            withAutocast(.cpu, dtype: .bfloat16) { a.linear(weight: weight).floats() }
        }
        #expect(forward() == [4, 4, 4, 4])
        withoutGradients { _ = weight.fill_(2) }
        #expect(forward() == [8, 8, 8, 8])
    }

    @Test func otherTypesAreRefused() {
        #expect(throws: TorchError.self) {
            try catchingTorchErrors { withAutocast(.cpu, dtype: .int64) {} }
        }
        #expect(a.matmul(a).dtype == .float32)
    }
}
