public import TuneBase

extension DatasetDict {
    /// Every split mapped; see ``Dataset/map(batched:batchSize:removeColumns:features:fileID:line:_:)``.
    public func map<Output: ColumnsConvertible>(
        batched: Bool, batchSize: Int? = 1000, removeColumns: [String] = [],
        features: Features? = nil, fileID: String = #fileID, line: Int = #line,
        _ transform: (Columns) throws -> Output
    ) throws -> DatasetDict {
        try mapSplits {
            try $0.map(
                batched: batched, batchSize: batchSize, removeColumns: removeColumns,
                features: features, fileID: fileID, line: line, transform)
        }
    }

    /// Every split mapped row by row; see ``Dataset/map(removeColumns:features:fileID:line:_:)``.
    public func map(
        removeColumns: [String] = [], features: Features? = nil, fileID: String = #fileID,
        line: Int = #line, _ transform: (Row) throws -> Row
    ) throws -> DatasetDict {
        try mapSplits {
            try $0.map(
                removeColumns: removeColumns, features: features, fileID: fileID, line: line,
                transform)
        }
    }

    /// The rows of every split for which `isIncluded` is true.
    public func filter(
        fileID: String = #fileID, line: Int = #line, _ isIncluded: (Row) throws -> Bool
    ) throws -> DatasetDict {
        try mapSplits { try $0.filter(fileID: fileID, line: line, isIncluded) }
    }

    /// Every split without the named columns.
    public func removeColumns(_ names: [String]) throws -> DatasetDict {
        try mapSplits { try $0.removeColumns(names) }
    }

    /// Every split without one column.
    public func removeColumns(_ name: String) throws -> DatasetDict { try removeColumns([name]) }

    /// Every split with only the named columns, in that order.
    public func selectColumns(_ names: [String]) throws -> DatasetDict {
        try mapSplits { try $0.selectColumns(names) }
    }

    /// Every split with one column renamed.
    public func renameColumn(_ name: String, to newName: String) throws -> DatasetDict {
        try mapSplits { try $0.renameColumn(name, to: newName) }
    }

    /// Every split with several columns renamed.
    public func renameColumns(_ mapping: KeyValuePairs<String, String>) throws -> DatasetDict {
        try mapSplits { try $0.renameColumns(mapping) }
    }

    /// Every split in the random order that `seed` gives.
    public func shuffle(seed: UInt64? = nil) throws -> DatasetDict {
        mapSplits { $0.shuffle(seed: seed) }
    }

    /// Every split with one column converted.
    public func castColumn(_ name: String, to feature: Feature) throws -> DatasetDict {
        try mapSplits { try $0.castColumn(name, to: feature) }
    }

    /// Every split with all columns converted.
    public func cast(_ features: Features) throws -> DatasetDict {
        try mapSplits { try $0.cast(features) }
    }

    /// Every split with a column of values turned into classes.
    ///
    /// The classes are those of all splits together, so that numbers mean the same in each.
    public func classEncodeColumn(_ name: String) throws -> DatasetDict {
        let joined = try concatenateDatasets(splits.map { try $0.dataset.selectColumns([name]) })
        let encoded = try joined.classEncodeColumn(name)
        guard let feature = encoded.features[name] else {
            throw missingColumn(name, among: joined.columnNames)
        }
        return try mapSplits { dataset in
            let text = try dataset.castColumn(name, to: .value("string"))
            return try text.castColumn(name, to: feature)
        }
    }
}
