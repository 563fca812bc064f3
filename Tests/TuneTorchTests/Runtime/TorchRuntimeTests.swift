import Testing
import TuneTorch

struct TorchRuntimeTests {
    @Test func versionIsThatOfTheInstalledLibrary() {
        #expect(TorchRuntime.version.split(separator: ".").count >= 3)
    }

    @Test func threadsAreSet() {
        let before = TorchRuntime.threads
        defer { TorchRuntime.threads = before }
        TorchRuntime.threads = 1
        #expect(TorchRuntime.threads == 1)
        #expect(throws: TorchError.self) { try catchingTorchErrors { TorchRuntime.threads = 0 } }
        #expect(TorchRuntime.threads == 1)
    }

    #if os(Linux)
    @Test func largeBlocksAreKept() {
        TorchRuntime.retainFreedMemory()
        let tensor = Tensor.zeros([1 << 20])
        #expect(TorchRuntime.retainedMemory.used >= 4 << 20 && tensor.count == 1 << 20)
    }

    /// The system gives the memory while the test writes to it.
    @Test func memoryMadeReadyHoldsNumbers() {
        let bytes = 48 << 20
        TorchRuntime.prepareMemory(bytes)
        #expect(TorchRuntime.retainedMemory.held >= bytes)
        let (zeros, ones) = (Tensor.zeros([2 << 20]), Tensor.ones([2 << 20]))
        #expect(zeros.sum().item() == 0 && ones.sum().item() == Double(2 << 20))
    }

    /// oneDNN takes memory for some of these and returns it without saying whose it is.
    @Test func operationsOfLibrariesWorkWithKeptBlocks() {
        TorchRuntime.retainFreedMemory()
        for count in [100, 1000] {
            let x = Tensor.ones([count, count])
            #expect(x.gelu().shape == [count, count])
            withAutocast(.cpu, dtype: .bfloat16) {
                #expect(x.matmul(x).max().item() == Double(count))
                #expect(x.linear(weight: .ones([2, count])).shape == [count, 2])
            }
        }
    }
    #endif

    @Test func reasonIsGivenWhereThereIsNoGPU() {
        #expect((TorchRuntime.loadCUDAIfPresent() == nil) == Device.isCUDAAvailable)
    }
}
