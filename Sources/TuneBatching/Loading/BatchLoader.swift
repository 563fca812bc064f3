public import TuneTorch

/// Batches for a training loop, in passes over the data: a ``DataLoader`` or a ``StreamLoader``.
public protocol BatchLoader: AnyObject {
    /// Where the tensors go.
    var device: Device { get set }
    /// The number of rows in a full batch.
    var batchSize: Int { get }
    /// The number of batches in a pass; nil where only reading tells.
    var batchCount: Int? { get }
    /// The number of rows in a pass; nil where only reading tells.
    var rowCount: Int? { get }

    /// Chooses the order of the next pass.
    func setEpoch(_ epoch: Int)

    /// Begins a pass at one of its batches, as if those before had been taken.
    func makeBatchIterator(startingAt start: Int) -> BatchIterator

    /// The first row as a batch, for checks before a loop; draws nothing.
    ///
    /// - Throws: `TuneError` when it cannot be read or collated.
    func probe() throws -> HostBatch
}

extension BatchLoader {
    /// Begins a pass.
    public func makeBatchIterator() -> BatchIterator { makeBatchIterator(startingAt: 0) }
}
