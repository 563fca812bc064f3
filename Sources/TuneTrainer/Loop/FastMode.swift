import Logging
import TuneNN
import TuneTorch

/// Makes ready, once in a process, what the mode `fast` relies on: memory that is used again, and who
/// computes matrix products.
func makeReady(for mode: ExecutionMode) {
    guard mode == .fast else { return }
    TorchRuntime.retainFreedMemory()
    if let problem = ProductChoices.use() {
        Logger(label: "finetune.trainer").warning("\(problem)")
    }
}
