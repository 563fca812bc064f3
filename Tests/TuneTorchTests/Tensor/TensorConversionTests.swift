import Testing
import TuneTorch

struct TensorConversionTests {
    @Test(arguments: DType.allCases)
    func everyTypeHoldsSmallIntegers(_ dtype: DType) {
        let tensor = Tensor([0, 1]).to(dtype)
        #expect(tensor.dtype == dtype)
        #expect(tensor.ints() == [0, 1])
        tensor.withUnsafeBytes { #expect($0.count == 2 * dtype.byteSize) }
    }

    @Test func narrowTypesRound() {
        #expect(Tensor([1.00390625]).to(.bfloat16).floats() == [1])
        #expect(Tensor([65504, 70000] as [Float]).to(.float16).floats() == [65504, .infinity])
        #expect(Tensor([1.9, -1.9]).to(.int64).ints() == [1, -1])
    }

    @Test func cloneHasItsOwnMemory() {
        let tensor = Tensor([1.0, 2.0])
        let alias = tensor.detached()
        let copy = tensor.clone()
        tensor.fill_(5)
        #expect(alias.floats() == [5, 5] && copy.floats() == [1, 2])
    }

    @Test func namesOfTypes() {
        #expect(DType.float32.name == "torch.float32" && "\(DType.bool)" == "torch.bool")
        #expect(DType(name: "bfloat16") == .bfloat16)
        #expect(DType(name: "torch.int64") == .int64)
        #expect(DType(name: "float8") == nil)
    }

    @Test func namesOfDevices() {
        #expect("\(Device.cpu)" == "cpu" && "\(Device.cuda(1))" == "cuda:1")
    }

    @Test(.enabled(if: !Device.isCUDAAvailable))
    func missingGPUIsAnError() throws {
        #expect(Device.default == .cpu)
        let error = try #require(throws: TorchError.self) {
            try catchingTorchErrors { Tensor.ones([1]).to(.cuda()) }
        }
        #expect(error.message.contains("CUDA"))
        #expect(throws: TorchError.self) {
            try catchingTorchErrors { Generator(device: .cuda(300)) }
        }
    }
}
