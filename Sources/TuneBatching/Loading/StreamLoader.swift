import Synchronization
public import TuneDatasets
public import TuneTorch
import TuneBase

/// Batches of rows that come one after the other, in their order.
///
/// Each pass draws one integer from the default generator when its first batch is asked for, as
/// that of a ``DataLoader``.
public final class StreamLoader: BatchLoader {
    /// The rows.
    public let dataset: any IterableDataset
    /// How rows become a batch.
    public let collateFn: any DataCollator
    /// The number of rows in a full batch.
    public let batchSize: Int
    /// Whether a last, shorter batch is left out.
    public let dropLast: Bool
    /// How many batches are made ahead of their use; see ``DataLoader/prefetchFactor``.
    public let prefetchFactor: Int
    /// Where the tensors go.
    public var device: Device = .cpu
    /// The number of the next pass, which the rows may depend on.
    public private(set) var epoch = 0

    /// Creates a loader.
    ///
    /// - Parameters:
    ///   - dataset: The rows.
    ///   - batchSize: The number of rows in a full batch.
    ///   - collateFn: How rows become a batch.
    ///   - dropLast: Whether a last, shorter batch is left out.
    ///   - prefetchFactor: How many batches are made ahead of their use.
    /// - Throws: `TuneError` for a batch size below 1 or a negative prefetch factor.
    public init(
        _ dataset: any IterableDataset, batchSize: Int = 1,
        collateFn: any DataCollator = DefaultDataCollator(), dropLast: Bool = false,
        prefetchFactor: Int = 2
    ) throws {
        guard batchSize > 0, prefetchFactor >= 0 else {
            throw TuneError(
                .badConfig,
                "The batch size is \(batchSize) and the prefetch factor \(prefetchFactor).",
                remedy: "Use a batch size of 1 or more, and a factor of 0 or more.")
        }
        (self.dataset, self.collateFn) = (dataset, collateFn)
        (self.batchSize, self.dropLast) = (batchSize, dropLast)
        self.prefetchFactor = prefetchFactor
    }

    /// Nobody knows before the end.
    public var batchCount: Int? { nil }

    /// Nobody knows before the end.
    public var rowCount: Int? { nil }

    /// Chooses the number of the next pass.
    public func setEpoch(_ epoch: Int) { self.epoch = epoch }

    /// Begins a pass at one of its batches; the rows before are skipped.
    public func makeBatchIterator(startingAt start: Int) -> BatchIterator {
        BatchIterator(on: { [self] in device }) { [self] in
            _ = drawSeed()
            return StreamPass(self, try StreamReader(self, startingAt: start))
        }
    }

    /// The first row as a batch.
    public func probe() throws -> HostBatch {
        var rows = try dataset.makeRowIterator(epoch: 0)
        guard let first = try rows.next() else {
            throw TuneError(
                .badData, "The training data has no rows.", remedy: "Check where they come from.")
        }
        return try collateFn(joinRows([first]))
    }
}

/// The batches of one pass over a stream.
private final class StreamPass: BatchPass {
    private let loader: StreamLoader
    private let read: () throws -> RowBatch?

    init(_ loader: StreamLoader, _ reader: StreamReader) {
        self.loader = loader
        guard loader.prefetchFactor > 0, loader.collateFn.isRowwise else {
            read = reader.next
            return
        }
        // One thread alone reads, so that rows stay in order.
        let prefetcher = Prefetcher(
            count: .max, depth: loader.prefetchFactor, callerHelps: false
        ) { _ in try reader.next() }
        read = prefetcher.next
    }

    func next() throws -> RowBatch? {
        if let batch = try read() { return batch }
        loader.setEpoch(loader.epoch + 1)
        return nil
    }
}

/// Reads rows and makes batches of them.
private final class StreamReader: Sendable {
    private struct Position {
        var rows: any RowIterator
        var rowsRead: Int
        var isEnded = false
    }

    private let position: Mutex<Position>
    private let collator: any DataCollator
    private let batchSize: Int
    private let dropLast: Bool

    init(_ loader: StreamLoader, startingAt start: Int) throws {
        var rows = try loader.dataset.makeRowIterator(epoch: loader.epoch)
        let skipped = start * loader.batchSize
        if skipped > 0 { try rows.skip(skipped) }
        position = Mutex(Position(rows: rows, rowsRead: skipped))
        (collator, batchSize) = (loader.collateFn, loader.batchSize)
        dropLast = loader.dropLast
    }

    /// The next batch, with the numbers of its rows in the pass, or nil after the last.
    func next() throws -> RowBatch? {
        let (first, rows) = try position.withLock { position in
            let first = position.rowsRead
            var rows: [Row] = []
            while !position.isEnded, rows.count < batchSize {
                if let row = try position.rows.next() {
                    rows.append(row)
                } else {
                    position.isEnded = true
                }
            }
            position.rowsRead += rows.count
            return (first, rows)
        }
        guard !rows.isEmpty, !dropLast || rows.count == batchSize else { return nil }
        return RowBatch(
            rows: Array(first..<first + rows.count)[...], batch: try collator(joinRows(rows)))
    }
}
