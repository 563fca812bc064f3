public import TuneTorch

/// One pass over a ``DataLoader``.
///
/// Batches of a collator that is ``DataCollator/isRowwise`` are made ahead, on a thread that ends
/// with the pass or with the iterator.
public final class BatchIterator {
    private let loader: DataLoader
    private var source: BatchSource?
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
        let source = self.source ?? begin()
        guard position < loader.count else {
            finish()
            return nil
        }
        let batch = try source.batch(position)
        position += 1
        if position == loader.count { loader.observer?.loaderReachedLastBatch(loader) }
        return batch
    }

    /// Draws the pass's base seed, then its order: the sequence of draws that PyTorch makes.
    private func begin() -> BatchSource {
        _ = drawSeed()
        let order = loader.sampler.order(epoch: loader.epoch)
        let groups = (0..<loader.count).map { loader.batchSampler.batch($0, of: order) }
        let source = loader.source(of: groups)
        self.source = source
        loader.observer?.loaderDidBegin(loader)
        return source
    }

    private func finish() {
        isFinished = true
        source = nil
        loader.passEnded()
        loader.observer?.loaderDidEnd(loader)
    }
}
