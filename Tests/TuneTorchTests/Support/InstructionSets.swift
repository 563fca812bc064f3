import TuneTestSupport
import TuneTorch

/// Runs `body` once with the kernels for each instruction set that this processor has, while no
/// other test draws random numbers or relies on equal bits: the choice holds for the process.
func withEachInstructionSet(_ body: (String) throws -> Void) rethrows {
    try withSharedRandomness {
        let best = TorchRuntime.instructionSet
        defer { TorchRuntime.instructionSet = best }
        for name in ["baseline", "avx2", "avx512"] where hasInstructionSet(name) {
            try body(name)
        }
    }
}

/// Chooses an instruction set; false where the processor lacks it.
private func hasInstructionSet(_ name: String) -> Bool {
    (try? catchingTorchErrors { TorchRuntime.instructionSet = name }) != nil
}

/// Runs `body` with a number of threads.
func withThreads<R>(_ count: Int, _ body: () throws -> R) rethrows -> R {
    let before = TorchRuntime.threads
    defer { TorchRuntime.threads = before }
    TorchRuntime.threads = count
    return try body()
}
