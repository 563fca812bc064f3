public import TuneTorch

/// One pass over a ``DataLoader``.
public final class BatchIterator {
    private let loader: DataLoader
    private var order: [Int]?
    private var position = 0
    private var isFinished = false

    init(_ loader: DataLoader) { self.loader = loader }

    /// The next batch on the loader's device, or nil after the last.
    ///
    /// - Throws: `TuneError` when rows cannot be read or collated.
    public func next() throws -> TensorBatch? { try nextHostBatch()?.tensors(on: loader.device) }

    /// The next batch in ordinary memory, or nil after the last.
    ///
    /// - Throws: `TuneError` when rows cannot be read or collated.
    public func nextHostBatch() throws -> HostBatch? {
        guard !isFinished else { return nil }
        let order = self.order ?? begin()
        guard position < loader.count else {
            finish()
            return nil
        }
        let batch = try loader.collate(loader.batchSampler.batch(position, of: order))
        position += 1
        if position == loader.count { loader.observer?.loaderReachedLastBatch(loader) }
        return batch
    }

    /// Draws the pass's base seed, then its order: the sequence of draws that PyTorch makes.
    private func begin() -> [Int] {
        _ = drawSeed()
        let order = loader.sampler.order(epoch: loader.epoch)
        self.order = order
        loader.observer?.loaderDidBegin(loader)
        return order
    }

    private func finish() {
        isFinished = true
        loader.passEnded()
        loader.observer?.loaderDidEnd(loader)
    }
}
