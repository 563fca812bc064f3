public import TuneBase

extension Dataset {
    /// The dataset with the values of a column turned into classes, which are named by the sorted
    /// texts of the values.
    ///
    /// - Throws: `TuneError` when there is no such column, or when it holds lists or structures.
    public func classEncodeColumn(_ name: String) throws -> Dataset {
        guard let feature = features[name] else {
            throw TuneError(
                .missingInput,
                "Column (\(name)) not in table columns (\(pythonList(columnNames))).",
                remedy: didYouMean(name, among: columnNames))
        }
        guard case .value = feature else {
            throw TuneError(
                .badData,
                "Class encoding is only supported for Value column, and column \(name) is \(feature.pythonClass)."
            )
        }
        let texts = ColumnData.values(
            try self[name].data().boxed.map { value in
                switch value {
                case .null, .string: value
                default: .string(value.description)
                }
            })
        let names = Set(texts.boxed.compactMap(\.string)).sorted {
            $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars)
        }
        let label = Feature.classLabel(try ClassLabel(names: names))
        let flat = try flattened()
        var wanted = features
        wanted[name] = label
        let encoded = try buildColumn(named: name, texts).cast(to: label, named: name)
        return Dataset(
            columns: flat.columns.merging([name: encoded]) { $1 }, selection: flat.selection,
            features: wanted, split: split, identity: identity.after("class_encode_column", name))
    }

    /// The distinct values of a column in the order of their first appearance.
    ///
    /// - Throws: `TuneError` when there is no such column, or when it holds lists or structures.
    public func unique(_ name: String) throws -> [DataValue] {
        guard let feature = features[name] else {
            throw TuneError(
                .missingInput,
                "Column (\(name)) not in table columns (\(pythonList(columnNames))).",
                remedy: didYouMean(name, among: columnNames))
        }
        return try explainingArrow("The column '\(name)' has no distinct values") {
            try materialized(name).distinct().readAll(as: feature).boxed
        }
    }
}
