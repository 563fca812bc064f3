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
        #expect(TorchRuntime.retainFreedMemory())
    }
    #endif

    @Test func reasonIsGivenWhereThereIsNoGPU() {
        #expect((TorchRuntime.loadCUDAIfPresent() == nil) == Device.isCUDAAvailable)
    }
}
