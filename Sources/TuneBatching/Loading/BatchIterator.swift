public import TuneTorch

/// One pass over a ``BatchLoader``.
///
/// Batches of a collator that is ``DataCollator/isRowwise`` are made ahead, on a thread that ends
/// with the pass or with the iterator.
public final class BatchIterator {
    private let device: () -> Device
    private let begin: () throws -> any BatchPass
    private var pass: (any BatchPass)?
    private var isFinished = false

    /// A pass that begins when its first batch is asked for.
    init(on device: @escaping () -> Device, _ begin: @escaping () throws -> any BatchPass) {
        (self.device, self.begin) = (device, begin)
    }

    /// The next batch on the loader's device, or nil after the last.
    ///
    /// - Throws: `TuneError` when rows cannot be read or collated.
    public func next() throws -> TensorBatch? { try nextHostBatch()?.tensors(on: device()) }

    /// The next batch in ordinary memory, or nil after the last.
    ///
    /// - Throws: `TuneError` when rows cannot be read or collated.
    public func nextHostBatch() throws -> HostBatch? { try nextRows()?.batch }

    /// The next batch in ordinary memory with the numbers of its rows, or nil after the last.
    ///
    /// - Throws: `TuneError` when rows cannot be read or collated.
    package func nextRows() throws -> RowBatch? {
        guard !isFinished else { return nil }
        if let batch = try begun().next() { return batch }
        isFinished = true
        pass = nil
        return nil
    }

    /// Makes the random draws of the pass's beginning now instead of with its first batch.
    package func drawOrder() throws { _ = try begun() }

    private func begun() throws -> any BatchPass {
        if let pass { return pass }
        let pass = try begin()
        self.pass = pass
        return pass
    }
}

/// The batches of a pass that has begun.
protocol BatchPass: AnyObject {
    /// The next batch, or nil after the last.
    func next() throws -> RowBatch?
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
            let (start, end) = (
                rows.startIndex + range.lowerBound, rows.startIndex + range.upperBound
            )
            return RowBatch(rows: rows[start..<end], batch: batch.rows(range))
        }
    }
}
