public import TuneBase

extension Dataset {
    /// The rows for which `isIncluded` is true, without copying them.
    public func filter(
        fileID: String = #fileID, line: Int = #line, _ isIncluded: (Row) throws -> Bool
    ) throws -> Dataset {
        let step = identity.after("filter", "\(fileID):\(line)")
        return try filtering(1000, step) { range in
            try rowValues(in: range).map(isIncluded)
        }
    }

    /// The rows for which `isIncluded` is true, asked for a batch of rows at a time.
    ///
    /// - Parameters:
    ///   - batched: Whether `isIncluded` receives `batchSize` rows, or one row, at a time.
    ///   - batchSize: Rows per batch.
    ///   - fileID: Where the call stands, for the fingerprint.
    ///   - line: Where the call stands, for the fingerprint.
    ///   - isIncluded: Receives the rows of a batch and returns one truth value for each.
    /// - Returns: The dataset of the rows for which it was true.
    /// - Throws: `TuneError` when the number of truth values differs from that of the rows.
    public func filter(
        batched: Bool, batchSize: Int = 1000, fileID: String = #fileID, line: Int = #line,
        _ isIncluded: (Columns) throws -> [Bool]
    ) throws -> Dataset {
        let step = identity.after("filter", "\(fileID):\(line)")
        return try filtering(batched ? max(batchSize, 1) : 1, step) { range in
            try isIncluded(try read(.range(range)))
        }
    }

    private func filtering(
        _ size: Int, _ step: Fingerprint, _ included: (Range<Int>) throws -> [Bool]
    ) throws -> Dataset {
        var kept: [Int] = []
        for range in batchRanges(of: size) {
            let flags = try included(range)
            guard flags.count == range.count else {
                throw TuneError(
                    .badData,
                    "The filter returned \(flags.count) truth values for \(range.count) rows.",
                    remedy: "Return one for each row.")
            }
            for (row, flag) in zip(range, flags) where flag { kept.append(row) }
        }
        return replacing(selection.selecting(.compact(kept)), step)
    }
}
