package import TuneTorch

/// One pass over a ``DataLoader`` in batches of chosen rows.
package final class GroupedBatches {
    private let groups: [ArraySlice<Int>]
    private let source: BatchSource
    private let device: Device
    private var position = 0

    fileprivate init(_ loader: DataLoader, _ groups: [ArraySlice<Int>]) {
        self.groups = groups
        source = loader.source(of: groups)
        device = loader.device
    }

    /// The next batch with its rows, or nil after the last.
    ///
    /// - Throws: `TuneError` when rows cannot be read or collated.
    package func next() throws -> (rows: ArraySlice<Int>, batch: TensorBatch)? {
        guard position < groups.count else { return nil }
        let batch = try source.batch(position).tensors(on: device)
        defer { position += 1 }
        return (groups[position], batch)
    }
}

extension DataLoader {
    /// Begins a pass in batches of chosen rows, with the draw that every pass makes.
    ///
    /// - Parameter groups: The rows of each batch.
    /// - Returns: The batches, which are made ahead where the collator allows it.
    package func makeBatches(of groups: [[Int]]) -> GroupedBatches {
        _ = drawSeed()
        return GroupedBatches(self, groups.map { $0[...] })
    }
}
