import TuneBase

/// The rows of all datasets, one after the other.
///
/// Columns are those of the first dataset, then those that only later ones have; where a dataset
/// lacks a column its rows hold nulls. Empty datasets are left out.
///
/// - Throws: `TuneError` when there is no dataset, or when a column's features differ.
public func concatenateDatasets(_ datasets: [Dataset]) throws -> Dataset {
    guard let first = datasets.first else {
        throw TuneError(.badConfig, "Unable to concatenate an empty list of datasets.")
    }
    let filled = datasets.filter { !$0.isEmpty }
    guard filled.count > 1 else { return filled.first ?? first }
    let features = try alignedFeatures(filled)
    var columns: [String: ArrowColumn] = [:]
    for field in features.fields {
        let pieces = try filled.map { dataset in
            guard dataset.features[field.name] != nil else {
                return try ArrowColumn.nulls(field.feature, count: dataset.count)
            }
            return try dataset.materialized(field.name).cast(to: field.feature, named: field.name)
        }
        columns[field.name] = try explainingArrow("The column '\(field.name)' cannot be joined") {
            try ArrowColumn.joining(pieces)
        }
    }
    return Dataset(
        columns: columns, selection: .range(0..<filled.reduce(0) { $0 + $1.count }),
        features: features, split: first.split,
        identity: Fingerprint(["concatenate"] + datasets.map(\.fingerprint)))
}

/// The features of all; a column of nothing but nulls takes the feature of the others.
private func alignedFeatures(_ datasets: [Dataset]) throws -> Features {
    var result = Features()
    for dataset in datasets {
        for field in dataset.features.fields {
            guard let known = result[field.name], known != .value("null") else {
                result[field.name] = field.feature
                continue
            }
            guard field.feature == known || field.feature == .value("null") else {
                throw TuneError(
                    .badData,
                    "The features can't be aligned because the key \(field.name) of features \(dataset.features) has unexpected type - \(field.feature) (expected either \(known) or Value(\"null\").",
                    remedy: "Convert the column with castColumn first.")
            }
        }
    }
    return result
}
