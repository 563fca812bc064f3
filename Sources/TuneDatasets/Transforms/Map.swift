public import TuneBase

extension Dataset {
    /// The dataset with the columns that `transform` returns, computed batch by batch.
    ///
    /// As in Python, a returned column replaces the existing one of its name in place, keeping its
    /// type where the new values fit it; a new one is appended. New columns called `input_ids` are
    /// stored as `int32`, `attention_mask`, `token_type_ids` and `special_tokens_mask` as `int8`.
    /// The number of rows may change where no column is kept from before.
    ///
    /// ```swift
    /// let tokenized = try raw.map(batched: true) { batch in
    ///     try tokenizer(batch.strings("text"), truncation: true)
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - batched: Whether `transform` receives `batchSize` rows, or one row, at a time.
    ///   - batchSize: Rows per batch; nil means all at once.
    ///   - removeColumns: Columns to leave out, unless `transform` returns them.
    ///   - features: What the result's columns hold; inferred without.
    ///   - fileID: Where the call stands, for the fingerprint.
    ///   - line: Where the call stands, for the fingerprint.
    ///   - transform: Receives the rows of a batch and returns columns of equal length.
    /// - Returns: The new dataset; an empty dataset is returned as it is.
    /// - Throws: `TuneError` about columns that do not exist or do not fit, and what `transform`
    ///   throws.
    public func map<Output: ColumnsConvertible>(
        batched: Bool, batchSize: Int? = 1000, removeColumns: [String] = [],
        features: Features? = nil, fileID: String = #fileID, line: Int = #line,
        _ transform: (Columns) throws -> Output
    ) throws -> Dataset {
        let size = batched ? try checkedBatchSize(batchSize) : 1
        let step = identity.after("map", "\(fileID):\(line)", "\(size)", pythonList(removeColumns))
        return try mapping(size, removeColumns, features, step) { range in
            try transform(try read(.range(range))).columns
        }
    }

    /// The dataset with the columns that `transform` returns, computed row by row.
    ///
    /// - Parameters:
    ///   - removeColumns: Columns to leave out, unless `transform` returns them.
    ///   - features: What the result's columns hold; inferred without.
    ///   - fileID: Where the call stands, for the fingerprint.
    ///   - line: Where the call stands, for the fingerprint.
    ///   - transform: Receives a row and returns one; every returned row has the same columns.
    /// - Returns: The new dataset; see ``map(batched:batchSize:removeColumns:features:fileID:line:_:)``.
    /// - Throws: `TuneError` about columns that do not exist or do not fit, and what `transform`
    ///   throws.
    public func map(
        removeColumns: [String] = [], features: Features? = nil, fileID: String = #fileID,
        line: Int = #line, _ transform: (Row) throws -> Row
    ) throws -> Dataset {
        let step = identity.after("map", "\(fileID):\(line)", pythonList(removeColumns))
        return try mapping(1000, removeColumns, features, step) { range in
            try joinRows(try rowValues(in: range).map(transform))
        }
    }

    /// The dataset with the columns of the dictionary that `transform` returns for each row; new
    /// columns are ordered by name.
    @_disfavoredOverload
    public func map(
        removeColumns: [String] = [], features: Features? = nil, fileID: String = #fileID,
        line: Int = #line, _ transform: (Row) throws -> [String: DataValue]
    ) throws -> Dataset {
        try map(removeColumns: removeColumns, features: features, fileID: fileID, line: line) {
            Row(try transform($0))
        }
    }

    private func checkedBatchSize(_ size: Int?) throws -> Int {
        guard let size else { return max(count, 1) }
        guard size > 0 else {
            throw TuneError(
                .badConfig, "The batch size is \(size).",
                remedy: "Choose 1 or more, or nil for all.")
        }
        return size
    }

    private func mapping(
        _ size: Int, _ removed: [String], _ wanted: Features?, _ step: Fingerprint,
        _ output: (Range<Int>) throws -> Columns
    ) throws -> Dataset {
        let missing = removed.filter { features[$0] == nil }
        guard missing.isEmpty else {
            throw TuneError(
                .missingInput,
                "Column to remove \(pythonList(missing)) not in the dataset. \(currentColumns)",
                remedy: didYouMean(missing[0], among: columnNames))
        }
        guard count > 0 else { return self }
        var assembly = MapAssembly(input: features, removed: Set(removed))
        for range in batchRanges(of: size) {
            try assembly.append(try output(range), for: range)
        }
        let result = try assembly.finish(from: self, step)
        return try wanted.map { try result.cast($0) } ?? result
    }
}
