import FineTuneKit

/// Memory that a training on the CPU will need, made ready while its data is read.
///
/// On virtual machines the system takes longer to give memory than the first step to fill it.
struct TrainingMemory {
    private let weights: Int
    private let largest: Int

    /// Looks at the weights of a checkpoint.
    ///
    /// - Throws: `TuneError` when there are none.
    init(checkpoint: String) throws {
        let files = try CheckpointDirectory(checkpoint).weightFiles().map {
            try SafetensorsFile(contentsOf: $0)
        }
        let sizes = files.flatMap { file in
            file.names.compactMap { file.info($0) }.map { $0.count * DType.float32.byteSize }
        }
        (weights, largest) = (sizes.reduce(0, +), sizes.max() ?? 0)
    }

    /// Begins to get it.
    ///
    /// Of the embedding table, the largest tensor, gradients and moments have memory only for rows
    /// that occur. The second moment of AdamW finds room where the first step's activations were.
    func prepare(for arguments: TrainingArguments) {
        guard arguments.mode == .fast,
            arguments.useCPU || TorchRuntime.loadCUDAIfPresent() != nil
        else { return }
        let isAdamW = [.adamwTorch, .adamwTorchFused].contains(arguments.optim)
        TorchRuntime.prepareMemory(weights + (isAdamW ? 2 : 1) * (weights - largest))
    }
}
