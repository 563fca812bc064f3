import CTuneTorch

/// Settings of libtorch that hold for the whole process.
public enum TorchRuntime {
    /// The version of libtorch, like `2.13.0`.
    public static var version: String { String(cString: tt_version()) }

    /// The number of threads that one operation on the CPU uses.
    public static var threads: Int {
        get { Int(tt_threads()) }
        set { expect("threads", tt_set_threads(Int32(clamping: newValue))) }
    }

    /// Loads the CUDA half of libtorch when it is installed and the driver reports a GPU.
    ///
    /// Happens by itself at the first use of a CUDA device, of ``manualSeed(_:)`` and of
    /// ``Tensor/backward(gradient:retainGraph:)``; further calls cost nothing.
    ///
    /// - Returns: Why CUDA cannot be used, or nil when it can.
    @discardableResult
    public static func loadCUDAIfPresent() -> String? {
        tt_load_cuda()
        let problem = String(cString: tt_cuda_status())
        return problem.isEmpty ? nil : problem
    }

    /// Makes memory of large tensors on the CPU be reused instead of given back to the system, from
    /// which it would cost a page fault per page at every step of a training run.
    ///
    /// Holds for tensors made afterwards; further calls change nothing.
    public static func retainFreedMemory() {
        expect("retainFreedMemory", tt_retain_freed_memory())
    }

    /// Has the system give memory for large tensors on the CPU while this thread goes on, and retains
    /// it like ``retainFreedMemory()``.
    ///
    /// Where the system cannot, memory comes as it is used.
    ///
    /// - Parameter bytes: How much will be needed; at most half of what is free is taken.
    public static func prepareMemory(_ bytes: Int) {
        expect("prepareMemory", tt_prepare_memory(max(0, bytes)))
    }

    /// The bytes of retained memory that tensors use now, and the bytes held in all.
    public static var retainedMemory: (used: Int, held: Int) {
        let usage = tt_retained_memory()
        return (Int(usage.used), Int(usage.reserved))
    }

    /// The instruction set of FineTune's own kernels: `baseline`, `avx2` or `avx512`.
    ///
    /// The best that the processor has is taken; setting it is for tests and measurements.
    public static var instructionSet: String {
        get { String(cString: tt_kernel_level()) }
        set { expect("instructionSet", tt_set_kernel_level(newValue)) }
    }
}
