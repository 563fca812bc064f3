public import TuneBase

extension Dataset {
    /// The dataset without the named columns.
    ///
    /// - Throws: `TuneError` when a column does not exist.
    public func removeColumns(_ names: [String]) throws -> Dataset {
        try requireColumns(names)
        var remaining = features
        for name in names { remaining[name] = nil }
        return replacing(
            features: remaining, [:], identity.after("remove_columns", pythonList(names)))
    }

    /// The dataset without one column.
    public func removeColumns(_ name: String) throws -> Dataset { try removeColumns([name]) }

    /// The dataset with only the named columns, in that order.
    ///
    /// - Throws: `TuneError` when a column does not exist.
    public func selectColumns(_ names: [String]) throws -> Dataset {
        try requireColumns(names)
        var chosen = Features()
        for name in names { chosen[name] = features[name] }
        return replacing(features: chosen, [:], identity.after("select_columns", pythonList(names)))
    }

    /// The dataset with one column renamed, in its place.
    ///
    /// - Throws: `TuneError` when it does not exist, or when the new name is empty or taken.
    public func renameColumn(_ name: String, to newName: String) throws -> Dataset {
        guard features[name] != nil else {
            throw TuneError(
                .missingInput,
                "Original column name \(name) not in the dataset. \(currentColumns)",
                remedy: didYouMean(name, among: columnNames))
        }
        guard features[newName] == nil else {
            throw TuneError(
                .badData,
                "New column name \(newName) already in the dataset. Please choose a column name which is not already in the dataset. \(currentColumns)"
            )
        }
        guard !newName.isEmpty else { throw TuneError(.badData, "New column name is empty.") }
        return renaming([(name, newName)])
    }

    /// The dataset with several columns renamed, each in its place; names may be exchanged.
    ///
    /// - Throws: `TuneError` when a column does not exist, or when the new names are empty, repeated
    ///   or taken by a column that keeps its name.
    public func renameColumns(_ mapping: KeyValuePairs<String, String>) throws -> Dataset {
        let unknown = mapping.map(\.key).filter { features[$0] == nil }
        guard unknown.isEmpty else {
            throw TuneError(
                .missingInput,
                "Original column names {\(unknown.map { pythonRepr($0) }.joined(separator: ", "))} not in the dataset. \(currentColumns)"
            )
        }
        let newNames = mapping.map(\.value)
        let duplicates = newNames.count - Set(newNames).count
        guard duplicates == 0 else {
            throw TuneError(
                .badData,
                "New column names must all be different, but this column mapping has \(duplicates) duplicates."
            )
        }
        let empty = newNames.filter(\.isEmpty)
        guard empty.isEmpty else {
            throw TuneError(.badData, "New column names \(pythonList(empty)) are empty.")
        }
        let kept = Set(columnNames).subtracting(mapping.map(\.key))
        if let taken = newNames.first(where: kept.contains) {
            throw TuneError(
                .badData, "New column name \(taken) already in the dataset. \(currentColumns)")
        }
        return renaming(mapping.map { ($0.key, $0.value) })
    }

    private func renaming(_ mapping: [(old: String, new: String)]) -> Dataset {
        func newName(_ name: String) -> String { mapping.first { $0.old == name }?.new ?? name }
        let renamed = Features(
            fields: features.fields.map { .init(name: newName($0.name), feature: $0.feature) })
        var moved: [String: ArrowColumn] = [:]
        for name in columnNames { moved[newName(name)] = columns[name] }
        return replacing(
            features: renamed, moved,
            identity.after("rename_columns", mapping.map { "\($0)" }.joined()))
    }

    /// The dataset with one more column at the end.
    ///
    /// - Throws: `TuneError` when the name is taken or the number of rows differs.
    public func addColumn(
        _ name: String, _ values: ColumnData, feature: Feature? = nil
    ) throws -> Dataset {
        guard features[name] == nil else {
            throw TuneError(
                .badData,
                "The table can't have duplicated columns but columns [\(pythonRepr(name))] are duplicated.",
                remedy: "Remove the column first, or choose another name.")
        }
        guard values.count == count || columnNames.isEmpty else {
            throw TuneError(
                .badData,
                "Failed to concatenate on axis=1 because tables don't have the same number of rows: the dataset has \(count), the column '\(name)' \(values.count)."
            )
        }
        let column = try buildColumn(named: name, values, like: feature)
        var added = Columns()
        added[name] = values
        let flat = try flattened()
        var extended = features
        extended[name] = column.feature
        let result = Dataset(
            columns: flat.columns.merging([name: column]) { $1 },
            selection: .range(0..<values.count), features: extended, split: split,
            identity: identity.after("add_column", "\(Fingerprint(added))"))
        return try feature.map { try result.castColumn(name, to: $0) } ?? result
    }

    private func requireColumns(_ names: [String]) throws {
        let missing = names.filter { features[$0] == nil }
        guard let first = missing.first else { return }
        throw TuneError(
            .missingInput,
            "Column name \(pythonList(missing)) not in the dataset. \(currentColumns)",
            remedy: didYouMean(first, among: columnNames))
    }

    /// The sentence that Python appends to errors about column names.
    var currentColumns: String { "Current columns in the dataset: \(pythonList(columnNames))" }
}
