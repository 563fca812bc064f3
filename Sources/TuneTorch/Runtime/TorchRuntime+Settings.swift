import CTuneTorch

extension TorchRuntime {
    /// Whether only deterministic kernels are taken, also where others are faster.
    ///
    /// An operation that has none fails then. Holds for the whole process, as
    /// `torch.use_deterministic_algorithms`.
    public static var usesDeterministicAlgorithms: Bool {
        get { tt_deterministic_algorithms() }
        set { expect("usesDeterministicAlgorithms", tt_use_deterministic_algorithms(newValue)) }
    }

    /// Allows products of float32 on NVIDIA GPUs to round to TF32, or forbids it.
    public static func allowTF32(_ allow: Bool) { expect("allowTF32", tt_allow_tf32(allow)) }

    /// Gives memory that a GPU's allocator holds without use back to the GPU, as
    /// `torch.cuda.empty_cache`; nothing on the CPU.
    public static func emptyCache(of device: Device) {
        expect("emptyCache", tt_empty_cache(device.raw))
    }
}
