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

    /// Makes the C allocator reuse large blocks that were freed instead of giving them back to the
    /// system, which costs a page fault per page at every step of a training run.
    ///
    /// - Returns: Whether the allocator of this system can be told so (glibc).
    @discardableResult
    public static func retainFreedMemory() -> Bool { tt_retain_freed_memory() }
}
