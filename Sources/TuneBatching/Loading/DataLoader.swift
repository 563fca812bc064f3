import Logging
import TuneBase
public import TuneDatasets
public import TuneTorch

/// Batches of a dataset: rows in a sampler's order, collated and moved to a device.
///
///     let loader = try DataLoader(train, batchSize: 8, shuffle: true, collateFn: collator)
///     for batch in loader { let output = try model(batch) … }
///
/// Each pass draws one integer from the default generator when its first batch is asked for, and
/// a shuffling loader a second one, as PyTorch's loader does; so the same seed gives the same
/// order and leaves the generator in the same state.
public final class DataLoader: Sequence {
    /// The rows.
    public let dataset: Dataset
    /// The order of the rows.
    public let sampler: any Sampler
    /// How the order is cut into batches.
    public let batchSampler: BatchSampler
    /// How rows become a batch.
    public let collateFn: any DataCollator
    /// How many batches are made ahead of their use, on another thread; 0 makes each one when it
    /// is asked for.
    ///
    /// Order, random draws and errors do not depend on it. A collator that is not
    /// ``DataCollator/isRowwise`` is always called when its batch is asked for.
    public let prefetchFactor: Int
    /// Where the tensors go.
    public var device: Device = .cpu
    /// The number of the next pass, which a seedable sampler's order depends on.
    public private(set) var epoch = 0
    /// What stopped the last pass early, if anything did.
    public private(set) var failure: (any Error)?
    /// Told when a pass begins, reaches its last batch, and ends.
    package weak var observer: (any LoaderObserver)?

    /// Creates a loader.
    ///
    /// - Parameters:
    ///   - dataset: The rows.
    ///   - batchSize: The number of rows in a full batch.
    ///   - shuffle: Whether every pass has a new random order.
    ///   - sampler: Another order; not together with `shuffle`.
    ///   - collateFn: How rows become a batch.
    ///   - dropLast: Whether a last, shorter batch is left out.
    ///   - prefetchFactor: How many batches are made ahead of their use; see ``prefetchFactor``.
    /// - Throws: `TuneError` for a batch size below 1 or a negative prefetch factor, for a sampler that does not fit, and when
    ///   the first rows cannot be collated.
    public init(
        _ dataset: Dataset, batchSize: Int = 1, shuffle: Bool = false,
        sampler: (any Sampler)? = nil, collateFn: any DataCollator = DefaultDataCollator(),
        dropLast: Bool = false, prefetchFactor: Int = 2
    ) throws {
        try Self.check(
            batchSize: batchSize, shuffle: shuffle, sampler: sampler, rows: dataset.count)
        guard prefetchFactor >= 0 else {
            throw TuneError(
                .badConfig, "The prefetch factor is \(prefetchFactor).", remedy: "Use 0 or more.")
        }
        self.prefetchFactor = prefetchFactor
        self.dataset = dataset
        self.sampler =
            sampler ?? (shuffle ? RandomSampler(dataset.count) : SequentialSampler(dataset.count))
        self.collateFn = collateFn
        batchSampler = BatchSampler(batchSize: batchSize, dropLast: dropLast)
        if dataset.count > 0 { _ = try collate(0..<Swift.min(batchSize, dataset.count)) }
    }

    /// The number of batches in a pass.
    public var count: Int { batchSampler.count(rows: sampler.count) }

    /// The number of rows in a full batch.
    public var batchSize: Int { batchSampler.batchSize }

    /// Chooses the order of the next pass.
    public func setEpoch(_ epoch: Int) { self.epoch = epoch }

    /// Begins a pass for `for batch in loader`.
    ///
    /// A batch that cannot be made ends the pass; the error is logged and kept in ``failure``.
    /// Code that must react uses ``makeBatchIterator()``.
    public func makeIterator() -> AnyIterator<TensorBatch> {
        failure = nil
        let batches = makeBatchIterator()
        return AnyIterator { [self] in
            do {
                return try batches.next()
            } catch {
                failure = error
                Logger(label: "finetune.batching").critical("The data loader stopped: \(error)")
                return nil
            }
        }
    }

    /// Fetches rows and collates them.
    func collate(_ rows: some Sequence<Int>) throws -> HostBatch {
        try BatchMaker.collate(rows, of: dataset, with: collateFn)
    }

    /// The batches with the rows of `groups`, in order.
    func source(of groups: [ArraySlice<Int>]) -> BatchSource {
        BatchSource(
            BatchMaker(dataset: dataset, collator: collateFn, groups: groups),
            prefetchFactor: prefetchFactor)
    }

    /// Counts a finished pass.
    func passEnded() { epoch += 1 }

    private static func check(
        batchSize: Int, shuffle: Bool, sampler: (any Sampler)?, rows: Int
    ) throws {
        guard batchSize > 0 else {
            throw TuneError(
                .badConfig, "The batch size is \(batchSize).", remedy: "Use 1 or more.")
        }
        guard let sampler else { return }
        if shuffle {
            throw TuneError(
                .badConfig, "A data loader takes either a sampler or shuffle: true.",
                remedy: "Leave one of them out.")
        }
        if sampler.count > rows {
            throw TuneError(
                .badConfig, "The sampler visits \(sampler.count) rows of a dataset of \(rows).",
                remedy: "Create the sampler with the dataset's count.")
        }
    }
}

/// Follows the passes over a loader, to know when the last batch is under way.
package protocol LoaderObserver: AnyObject {
    func loaderDidBegin(_ loader: DataLoader)
    func loaderReachedLastBatch(_ loader: DataLoader)
    func loaderDidEnd(_ loader: DataLoader)
}

extension DataLoader {
    /// The dataset's first row as a batch, for checks before a loop; draws nothing.
    public func probe() throws -> HostBatch { try probe(row: 0) }

    /// One row of the dataset as a batch; draws nothing.
    package func probe(row: Int) throws -> HostBatch {
        try collate(row..<Swift.min(row + 1, dataset.count))
    }
}
