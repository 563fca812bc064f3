import FineTuneKit

/// What the labels of a task are.
enum LabelSpace: Equatable {
    /// One of several classes, by their names.
    case classes([String])
    /// A number.
    case regression

    /// The number of outputs of the model's head.
    var outputs: Int {
        switch self {
        case .classes(let names): names.count
        case .regression: 1
        }
    }

    /// The space of a trained model's labels.
    init(of model: any SequenceClassificationModel) {
        self = model.numLabels == 1 ? .regression : .classes(model.id2label)
    }

    /// Finds the labels of a column: the names of a ClassLabel, the distinct texts or integers in
    /// order; floating-point numbers are a regression.
    ///
    /// - Throws: `TuneError` for a column that holds something else, for rows without label, and
    ///   when all rows have the same one.
    init(of dataset: Dataset, column name: String, split: String) throws {
        let feature = try dataset.feature(name)
        switch feature {
        case .classLabel(let label):
            self = .classes(label.names)
        case .value("bool"):
            self = .classes(["False", "True"])
        case _ where feature.isText:
            self = .classes(try Self.distinctTexts(dataset, name, split))
        case .value(let dtype) where dtype.hasPrefix("int") || dtype.hasPrefix("uint"):
            self = .classes(try Self.numberedClasses(dataset, name, split))
        case .value(let dtype) where dtype.hasPrefix("float") || dtype == "double":
            self = .regression
        default:
            throw TuneError(
                .badData, "The label column '\(name)' holds \(feature).",
                remedy: "Name a column of classes, integers, texts or numbers with --label-column.")
        }
        if case .classes(let names) = self, names.count < 2 {
            throw TuneError(
                .badData,
                "The label column '\(name)' has only the class \(names.first ?? "none").",
                remedy: "Training needs rows of two classes or more.")
        }
    }

    private static func distinctTexts(
        _ dataset: Dataset, _ name: String, _ split: String
    ) throws -> [String] {
        let column = try dataset[name].data()
        var found: Set<[UInt8]> = []
        for row in 0..<column.count {
            guard let text = column[row].string else {
                throw missingLabel(name, row: row, split: split)
            }
            found.insert(Array(text.utf8))
        }
        try checkCount(found.count, of: "texts", name)
        // UTF-8 sorts as code points do, which is Python's order.
        return found.sorted { $0.lexicographicallyPrecedes($1) }
            .map { String(decoding: $0, as: UTF8.self) }
    }

    /// The usual names where all of 0, 1, … occur; otherwise the numbers that do are the names, as
    /// in Python's `run_classification`.
    private static func numberedClasses(
        _ dataset: Dataset, _ name: String, _ split: String
    ) throws -> [String] {
        let column = try dataset[name].data()
        var found: Set<Int> = []
        for row in 0..<column.count {
            guard let number = column[row].int else {
                throw missingLabel(name, row: row, split: split)
            }
            guard number >= 0 else {
                throw TuneError(
                    .badData,
                    "Row \(row) of '\(split)' has the label \(number) in '\(name)'; classes are "
                        + "not negative.",
                    remedy: "Remove rows without a label, and number the classes 0, 1, …")
            }
            found.insert(number)
        }
        try checkCount(found.count, of: "numbers", name)
        let isCounted = found.count > 1 && found.max() == found.count - 1
        return found.sorted().map { isCounted ? "LABEL_\($0)" : "\($0)" }
    }

    private static func checkCount(_ count: Int, of values: String, _ name: String) throws {
        guard count > 1000 else { return }
        throw TuneError(
            .badData, "The label column '\(name)' has \(count) different \(values).",
            remedy: "Name the column of the classes with --label-column.")
    }
}

extension LabelSpace {
    /// The numbers that are the names of the classes, or nil for other names.
    var numbers: [Int]? {
        guard case .classes(let names) = self else { return nil }
        return names.mapAll { Int($0) }
    }

    /// Whether the classes are numbers and some between the first and the last are missing.
    var skipsNumbers: Bool {
        guard let sorted = numbers?.sorted() else { return false }
        return zip(sorted, sorted.dropFirst()).contains { $0 &+ 1 != $1 }
    }
}

/// The error about a row without a label.
func missingLabel(_ name: String, row: Int, split: String) -> TuneError {
    TuneError(
        .badData, "Row \(row) of '\(split)' has no label in '\(name)'.",
        remedy: "Fill it in or remove the row.")
}

extension Dataset {
    /// What a column holds.
    func feature(_ name: String) throws -> Feature {
        guard let feature = features[name] else {
            throw TuneError(
                .missingInput, "The dataset has no column '\(name)'.",
                remedy: suggestion(for: name, among: columnNames))
        }
        return feature
    }
}
