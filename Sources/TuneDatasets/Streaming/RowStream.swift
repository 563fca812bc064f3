import Synchronization

/// Rows of a sequence that is made anew for every pass.
///
///     let stream = RowStream { epoch in
///         sequence(first: 1) { $0 + 1 }.lazy.map { ["input_ids": .list([.int($0)]), "label": 0] }
///     }
public struct RowStream: IterableDataset {
    private let makeIterator: @Sendable (Int) throws -> any RowIterator

    /// Creates a stream.
    ///
    /// - Parameter makeRows: Makes the rows of a pass, whose number it gets.
    public init<Rows: Sequence<Row> & SendableMetatype>(
        _ makeRows: @escaping @Sendable (_ epoch: Int) throws -> Rows
    ) {
        makeIterator = { SequenceRows(try makeRows($0)) }
    }

    /// Begins a pass.
    public func makeRowIterator(epoch: Int) throws -> any RowIterator { try makeIterator(epoch) }
}

/// The rows of a sequence, which may not be `Sendable` itself.
private final class SequenceRows<Rows: Sequence<Row>>: RowIterator {
    private let iterator: Mutex<Rows.Iterator>

    init(_ rows: sending Rows) { iterator = Mutex(rows.makeIterator()) }

    func next() -> Row? { iterator.withLock { $0.next() } }
}

extension Dataset {
    /// The rows one after the other, Python's method of that name; a pass can begin at any row
    /// without reading those before it.
    public func toIterableDataset() -> some IterableDataset { DatasetStream(dataset: self) }
}

private struct DatasetStream: IterableDataset {
    let dataset: Dataset

    func makeRowIterator(epoch: Int) -> any RowIterator { DatasetRows(dataset: dataset) }
}

/// Reads a few rows at a time.
private struct DatasetRows: RowIterator {
    let dataset: Dataset
    private var position = 0
    private var block: ArraySlice<Row> = []

    init(dataset: Dataset) { self.dataset = dataset }

    mutating func next() throws -> Row? {
        if block.isEmpty {
            guard position < dataset.count else { return nil }
            block = try dataset.rowValues(in: position..<min(position + 100, dataset.count))[...]
        }
        position += 1
        return block.popFirst()
    }

    mutating func skip(_ count: Int) {
        position = min(position + count, dataset.count)
        block = block.dropFirst(count)
    }
}
