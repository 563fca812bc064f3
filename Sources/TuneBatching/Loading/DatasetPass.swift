import TuneDatasets
import TuneTorch

/// The batches of one pass over a ``DataLoader``.
final class DatasetPass: BatchPass {
    private let loader: DataLoader
    private let groups: [ArraySlice<Int>]
    private let source: BatchSource
    private var position = 0

    /// Draws the pass's base seed, then its order: the sequence of draws that PyTorch makes.
    ///
    /// - Parameters:
    ///   - loader: The loader.
    ///   - start: The first batch; those before it are not made.
    init(_ loader: DataLoader, startingAt start: Int) {
        _ = drawSeed()
        let order = loader.sampler.order(epoch: loader.epoch)
        self.loader = loader
        groups = (start..<max(start, loader.count)).map {
            loader.batchSampler.batch($0, of: order)
        }
        source = loader.source(of: groups)
        loader.observer?.loaderDidBegin(loader)
    }

    func next() throws -> RowBatch? {
        guard position < groups.count else {
            loader.passEnded()
            loader.observer?.loaderDidEnd(loader)
            return nil
        }
        let batch = RowBatch(rows: groups[position], batch: try source.batch(position))
        position += 1
        if position == groups.count { loader.observer?.loaderReachedLastBatch(loader) }
        return batch
    }
}

extension DataLoader: BatchLoader {
    /// The number of batches in a pass.
    public var batchCount: Int? { count }

    /// The number of rows of the dataset.
    public var rowCount: Int? { dataset.count }

    /// Begins a pass at one of its batches, as if those before had been taken; they are not made.
    public func makeBatchIterator(startingAt start: Int) -> BatchIterator {
        BatchIterator(on: { [self] in device }) { [self] in DatasetPass(self, startingAt: start) }
    }
}
