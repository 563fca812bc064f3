/// What a model can be trained on: a ``Dataset``, or an ``IterableDataset``.
public protocol TrainingData: Sendable {}

extension Dataset: TrainingData {}

/// Rows that come one after the other, and nobody knows how many: lines of a file, say, or the
/// output of a generator.
///
/// Every pass begins anew. ``RowStream`` makes one from a sequence, and
/// ``Dataset/toIterableDataset()`` from a dataset.
public protocol IterableDataset: TrainingData {
    /// Begins a pass.
    ///
    /// - Parameter epoch: The number of the pass, from 0, by which rows may be shuffled.
    /// - Returns: The rows.
    /// - Throws: `TuneError` when the rows cannot be opened.
    func makeRowIterator(epoch: Int) throws -> any RowIterator
}

/// One pass over an ``IterableDataset``, used on any thread but on one at a time.
public protocol RowIterator: Sendable {
    /// The next row, or nil after the last.
    ///
    /// - Throws: `TuneError` when a row cannot be read.
    mutating func next() throws -> Row?

    /// Passes over some rows, or to the end where there are fewer.
    ///
    /// Reads and drops them unless a source can do better.
    ///
    /// - Parameter count: The number of rows.
    /// - Throws: `TuneError` as for ``next()``.
    mutating func skip(_ count: Int) throws
}

extension RowIterator {
    /// Reads and drops rows.
    public mutating func skip(_ count: Int) throws {
        for _ in 0..<count where try next() == nil { return }
    }
}
