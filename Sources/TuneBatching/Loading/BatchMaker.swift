import TuneBase
import TuneDatasets

/// Fetches the rows of batches and collates them; can do so on any thread.
struct BatchMaker: Sendable {
    let dataset: Dataset
    let collator: any DataCollator
    /// The rows of each batch.
    let groups: [ArraySlice<Int>]

    /// Batch `number` of the pass.
    func batch(_ number: Int) throws -> HostBatch {
        try Self.collate(groups[number], of: dataset, with: collator)
    }

    /// Fetches rows and collates them.
    static func collate(
        _ rows: some Sequence<Int>, of dataset: Dataset, with collator: any DataCollator
    ) throws -> HostBatch {
        let batch = try collator(dataset.rows(rows))
        guard !batch.names.isEmpty else {
            throw TuneError(
                .badData,
                "No column of the dataset (\(dataset.columnNames.joined(separator: ", "))) becomes an input.",
                remedy: "Tokenize the dataset first.")
        }
        return batch
    }
}

/// The batches of one pass in order, made ahead on a thread where the collator allows it.
enum BatchSource {
    case thread(Prefetcher<HostBatch>)
    case caller(BatchMaker)

    /// Begins the work.
    ///
    /// - Parameters:
    ///   - maker: Makes the batches.
    ///   - prefetchFactor: How many batches are made ahead.
    init(_ maker: BatchMaker, prefetchFactor: Int) {
        guard prefetchFactor > 0, maker.collator.isRowwise else {
            self = .caller(maker)
            return
        }
        self = .thread(
            Prefetcher(count: maker.groups.count, depth: prefetchFactor) { try maker.batch($0) })
    }

    /// Batch `number`; they are asked for one after the other.
    func batch(_ number: Int) throws -> HostBatch {
        switch self {
        case .thread(let prefetcher): try prefetcher.next()
        case .caller(let maker): try maker.batch(number)
        }
    }
}
