import FineTuneKit

/// Finds the column of the labels: the one named, `label` or `labels`, else the only ClassLabel.
///
/// - Throws: `TuneError` listing the columns when there is none.
func labelColumn(named name: String?, in features: Features) throws -> String {
    if let name {
        guard features[name] != nil else {
            throw TuneError(
                .missingInput, "The dataset has no label column '\(name)'.",
                remedy: suggestion(for: name, among: features.names))
        }
        return name
    }
    if let usual = ["label", "labels"].first(where: { features[$0] != nil }) { return usual }
    let classes = features.names.filter { features[$0]?.names != nil }
    guard classes.count == 1 else {
        throw TuneError(
            .usage,
            "The dataset has no column 'label'; its columns are \(features.names.joined(separator: ", ")).",
            remedy: "Name the column of the labels with --label-column.")
    }
    return classes[0]
}

/// Turns the values of a label column into what a model learns: class numbers or numbers.
struct LabelEncoder {
    /// The column.
    let column: String
    /// What the values are, in the dataset at hand.
    let feature: Feature
    /// What the model's labels are.
    let space: LabelSpace

    /// The labels of a batch of rows.
    ///
    /// - Parameters:
    ///   - batch: The rows.
    ///   - firstRow: Their position in the split, for messages.
    ///   - split: The split, for messages.
    /// - Returns: One integer for each row, or one number for a regression.
    /// - Throws: `TuneError` naming the row whose label is missing or out of range.
    func labels(of batch: Columns, firstRow: Int, split: String) throws -> ColumnData {
        let values = try batch.column(column)
        switch space {
        case .regression:
            return .doubles(
                try (0..<values.count).map { row in
                    guard let number = values[row].double, number.isFinite else {
                        throw missingLabel(column, row: firstRow + row, split: split)
                    }
                    return number
                })
        case .classes(let names):
            let namesAreNumbers = space.numbers != nil
            return .ints(
                try (0..<values.count).map { row in
                    guard values[row] != .null else {
                        throw missingLabel(column, row: firstRow + row, split: split)
                    }
                    guard let number = classNumber(values[row], names, namesAreNumbers) else {
                        throw failure(firstRow + row, "\(values[row])", split)
                    }
                    return number
                })
        }
    }

    /// Whether the dataset names its classes in words that the model does not know, so that only
    /// the numbers can be compared.
    var comparesNumbersOnly: Bool {
        guard case .classes(let names) = space, let own = feature.names else { return false }
        return own != names && !own.allSatisfy { position(of: $0, in: names) != nil }
    }

    private func classNumber(
        _ value: DataValue, _ names: [String], _ namesAreNumbers: Bool
    ) -> Int? {
        switch value {
        case .string(let text): return position(of: text, in: names)
        case .bool(let flag): return flag ? 1 : 0
        case .int(let number):
            if let name = name(of: number, names, namesAreNumbers) {
                return position(of: name, in: names)
            }
            return names.indices.contains(number) ? number : nil
        default: return nil
        }
    }

    /// The name that a number of the dataset stands for, or nil where the number itself counts.
    private func name(of number: Int, _ names: [String], _ namesAreNumbers: Bool) -> String? {
        guard let own = feature.names else { return namesAreNumbers ? "\(number)" : nil }
        // A ClassLabel of the dataset may number the model's names differently.
        guard own.indices.contains(number), own != names,
            own.allSatisfy({ position(of: $0, in: names) != nil })
        else { return nil }
        return own[number]
    }

    private func position(of name: String, in names: [String]) -> Int? {
        names.firstIndex { $0.utf8.elementsEqual(name.utf8) }
    }

    private func failure(_ row: Int, _ value: String, _ split: String) -> TuneError {
        let message = "Row \(row) of '\(split)' has the label \(value) in '\(column)'."
        guard value != "-1", case .classes(let names) = space else {
            return TuneError(
                .badData, message,
                remedy: "-1 marks rows without a public label: choose another split.")
        }
        let list = names.prefix(20).joined(separator: ", ")
        return TuneError(
            .badData, message,
            remedy: "The labels of the model are \(list)"
                + (space.numbers == nil ? " (0 to \(names.count - 1))." : "."))
    }
}
