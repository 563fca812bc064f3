import TuneBase

/// Collects what a mapping returns for each batch and joins it to the columns that are kept.
struct MapAssembly {
    let input: Features
    let removed: Set<String>
    private var returned: [String]?
    private var pieces: [String: [ArrowColumn]] = [:]
    private var rowCount = 0

    /// What Python stores token ids and masks as.
    private static let compactTypes: [String: Feature] = [
        "input_ids": .value("int32"), "attention_mask": .value("int8"),
        "token_type_ids": .value("int8"), "special_tokens_mask": .value("int8"),
    ]

    init(input: Features, removed: Set<String>) {
        self.input = input
        self.removed = removed
    }

    /// The columns of the result: former ones in their places, then new ones.
    private func order(_ returned: [String]) -> [String] {
        let former = input.names.filter { !removed.contains($0) || returned.contains($0) }
        return former + returned.filter { input[$0] == nil }
    }

    mutating func append(_ output: Columns, for range: Range<Int>) throws {
        if let returned, Set(returned) != Set(output.names) {
            throw TuneError(
                .badData,
                "The function returned the columns \(pythonList(output.names)) for the rows \(range.lowerBound) to \(range.upperBound - 1), but \(pythonList(returned)) before.",
                remedy: "Return the same columns for every batch.")
        }
        let names = returned ?? output.names
        returned = names
        try checkLengths(order(names).map { ($0, output[$0]?.count ?? range.count) })
        for name in names {
            guard let values = output[name] else { continue }
            let column = try buildColumn(named: name, values, like: input[name])
            pieces[name, default: []].append(compacted(column, name))
        }
        rowCount += names.isEmpty ? range.count : output.rowCount
    }

    /// The column in fewer bytes where its name says that it holds token ids or a mask.
    private func compacted(_ column: ArrowColumn, _ name: String) -> ArrowColumn {
        guard input[name] == nil, let type = Self.compactTypes[name] else { return column }
        let target: Feature? =
            switch column.feature {
            case .value("int64"): type
            case .list(.value("int64"), nil): .list(type)
            default: nil
            }
        // Values that do not fit stay as they are, as in Python.
        return target.flatMap { try? column.converted(to: $0) } ?? column
    }

    func finish(from dataset: Dataset, _ step: Fingerprint) throws -> Dataset {
        var columns: [String: ArrowColumn] = [:]
        var features = Features()
        for name in order(returned ?? []) {
            if let pieces = pieces[name] {
                let (column, feature) = try joined(pieces, name)
                columns[name] = column
                features[name] = feature
            } else {
                columns[name] = try dataset.materialized(name)
                features[name] = input[name]
            }
        }
        return Dataset(
            columns: columns, selection: .range(0..<(features.count == 0 ? 0 : rowCount)),
            features: features, split: dataset.split, identity: step)
    }

    private func joined(
        _ pieces: [ArrowColumn], _ name: String
    ) throws -> (ArrowColumn, Feature) {
        var common = pieces[0].feature
        for piece in pieces.dropFirst() where piece.feature != common {
            guard let wider = Feature.common(common, piece.feature) else {
                throw TuneError(
                    .badData,
                    "The column '\(name)' is \(common) in some batches and \(piece.feature) in others.",
                    remedy: "Return values of one kind.")
            }
            common = wider
        }
        let column = try explainingArrow("The column '\(name)' cannot be stored") {
            try ArrowColumn.joining(try pieces.map { try $0.converted(to: common) })
        }
        guard let original = input[name] else { return (column, column.feature) }
        return try keepingType(column, original, name)
    }

    /// The column in its former type where the values fit, else in their own.
    private func keepingType(
        _ column: ArrowColumn, _ original: Feature, _ name: String
    ) throws -> (ArrowColumn, Feature) {
        if case .classLabel = original, column.kind == .text || column.kind == .int {
            return (try column.cast(to: original, named: name), original)
        }
        // Numbers written over text are meant as numbers.
        let isText = original.storage == .value("string")
        if isText, original != .json, column.kind != .text, column.kind != .null {
            return (column, column.feature)
        }
        if let kept = try? column.cast(to: original, named: name) { return (kept, original) }
        return (column, column.feature)
    }
}
