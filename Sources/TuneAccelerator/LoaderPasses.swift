import TuneBatching

/// Knows which prepared loader is being iterated and whether its last batch is under way.
final class LoaderPasses: LoaderObserver {
    private struct Pass {
        weak var loader: DataLoader?
        var isAtLastBatch = false
    }

    private var stack: [Pass] = []

    /// Whether the innermost loop works on the last batch of its loader.
    var isAtLastBatch: Bool { stack.last?.isAtLastBatch ?? false }

    /// The number of true rows in the last batch, while that batch is under way.
    var rowsInLastBatch: Int? {
        guard isAtLastBatch, let loader = stack.last?.loader, !loader.batchSampler.dropLast else {
            return nil
        }
        let rest = loader.sampler.count % loader.batchSize
        return rest == 0 ? nil : rest
    }

    func loaderDidBegin(_ loader: DataLoader) {
        stack.removeAll { $0.loader == nil || $0.loader === loader }
        stack.append(Pass(loader: loader))
    }

    func loaderReachedLastBatch(_ loader: DataLoader) {
        guard let index = stack.lastIndex(where: { $0.loader === loader }) else { return }
        stack[index].isAtLastBatch = true
    }

    func loaderDidEnd(_ loader: DataLoader) { stack.removeAll { $0.loader === loader } }
}
