public import TuneTorch

/// One pass over a ``DataLoader``.
///
/// Batches of a collator that is ``DataCollator/isRowwise`` are made ahead, on a thread that ends
/// with the pass or with the iterator.
public final class BatchIterator {
    private let loader: DataLoader
    private let start: Int
    private var pass: Pass?
    private var position: Int
    private var isFinished = false

    /// The order of the rows, once drawn.
    private struct Pass {
        let groups: [ArraySlice<Int>]
        let source: BatchSource
    }

    init(_ loader: DataLoader, startingAt start: Int = 0) {
        (self.loader, self.start, position) = (loader, start, start)
    }

    /// The next batch on the loader's device, or nil after the last.
    ///
    /// - Throws: `TuneError` when rows cannot be read or collated.
    public func next() throws -> TensorBatch? { try nextHostBatch()?.tensors(on: loader.device) }

    /// The next batch in ordinary memory, or nil after the last.
    ///
    /// - Throws: `TuneError` when rows cannot be read or collated.
    public func nextHostBatch() throws -> HostBatch? { try nextRows()?.batch }

    /// The next batch in ordinary memory with the numbers of its rows, or nil after the last.
    ///
    /// - Throws: `TuneError` when rows cannot be read or collated.
    package func nextRows() throws -> RowBatch? {
        guard !isFinished else { return nil }
        let pass = self.pass ?? begin()
        guard position < loader.count else {
            finish()
            return nil
        }
        let batch = RowBatch(
            rows: pass.groups[position - start], batch: try pass.source.batch(position - start))
        position += 1
        if position == loader.count { loader.observer?.loaderReachedLastBatch(loader) }
        return batch
    }

    /// Makes the random draws of the pass's beginning now instead of with its first batch.
    package func drawOrder() { if pass == nil { _ = begin() } }

    /// Draws the pass's base seed, then its order: the sequence of draws that PyTorch makes.
    private func begin() -> Pass {
        _ = drawSeed()
        let order = loader.sampler.order(epoch: loader.epoch)
        let groups = (start..<max(start, loader.count)).map {
            loader.batchSampler.batch($0, of: order)
        }
        let pass = Pass(groups: groups, source: loader.source(of: groups))
        self.pass = pass
        loader.observer?.loaderDidBegin(loader)
        return pass
    }

    private func finish() {
        isFinished = true
        pass = nil
        loader.passEnded()
        loader.observer?.loaderDidEnd(loader)
    }
}

/// A batch with the numbers of its rows in the dataset.
package struct RowBatch: Sendable {
    /// The rows, in the order of the batch.
    package let rows: ArraySlice<Int>
    /// The inputs.
    package let batch: HostBatch

    package init(rows: ArraySlice<Int>, batch: HostBatch) {
        (self.rows, self.batch) = (rows, batch)
    }
}

extension RowBatch {
    /// The rows in `count` parts of nearly equal size, or in single rows where there are fewer.
    ///
    /// Parts keep the padding of the whole batch, so that their numbers are those of the whole.
    package func split(into count: Int) -> [RowBatch] {
        let parts = min(count, max(rows.count, 1))
        guard parts > 1 else { return [self] }
        return (0..<parts).map { part in
            let range = (rows.count * part / parts)..<(rows.count * (part + 1) / parts)
            let (start, end) = (rows.startIndex + range.lowerBound, rows.startIndex + range.upperBound)
            return RowBatch(rows: rows[start..<end], batch: batch.rows(range))
        }
    }
}

extension DataLoader {
    /// Begins a pass at its batch `start`, as if those before had been taken; they are not made.
    package func makeBatchIterator(startingAt start: Int) -> BatchIterator {
        BatchIterator(self, startingAt: start)
    }
}
