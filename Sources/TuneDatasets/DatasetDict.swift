import TuneBase

/// Datasets by split name, in order.
///
/// ```swift
/// let raw = try loadDataset("reviews")       // a directory with train.jsonl and test.jsonl
/// let train = try raw["train"]
/// let parts: DatasetDict = ["easy": easy, "hard": hard]
/// let others = try DatasetDict(zip(names, datasets))
/// ```
public struct DatasetDict: Sendable {
    /// The split names in order.
    public private(set) var names: [String] = []
    /// Names that a literal gives more than once; it cannot throw, and the last dataset counts.
    package private(set) var repeatedNames: [String] = []
    private var datasets: [String: Dataset] = [:]

    /// Creates an empty dictionary.
    public init() {}

    /// Creates a dictionary of pairs, in their order.
    ///
    /// - Throws: `TuneError` for a name that comes twice.
    public init(_ pairs: some Sequence<(String, Dataset)>) throws {
        for (name, dataset) in pairs { add(dataset, as: name) }
        guard let name = repeatedNames.first else { return }
        throw TuneError(
            .badConfig, "Two datasets have the name \"\(name)\".",
            remedy: "Give each a name of its own.")
    }

    /// Creates a dictionary in the order of the names, as Swift's dictionaries have none.
    public init(sorting datasets: [String: Dataset]) {
        for (name, dataset) in datasets.sorted(by: { $0.key < $1.key }) { add(dataset, as: name) }
    }

    private mutating func add(_ dataset: Dataset, as name: String) {
        if contains(name) { repeatedNames.append(name) }
        set(dataset, for: name)
    }

    /// The dataset of one split.
    ///
    /// - Throws: `TuneError` that names the splits there are.
    public subscript(split: String) -> Dataset {
        get throws {
            guard let dataset = datasets[split] else {
                throw TuneError(
                    .missingInput,
                    "Unknown split \"\(split)\". Should be one of \(pythonList(names)).",
                    remedy: didYouMean(split, among: names))
            }
            return dataset
        }
    }

    /// Puts a dataset under a split name, in the place of the former one if there was one.
    public mutating func set(_ dataset: Dataset, for split: String) {
        if datasets.updateValue(dataset, forKey: split) == nil { names.append(split) }
    }

    /// The splits in order.
    public var splits: [(name: String, dataset: Dataset)] {
        names.compactMap { name in datasets[name].map { (name, $0) } }
    }

    /// The number of splits.
    public var count: Int { names.count }

    /// Whether there are no splits.
    public var isEmpty: Bool { names.isEmpty }

    /// Whether there is a split of this name.
    public func contains(_ split: String) -> Bool { datasets[split] != nil }

    /// The number of rows of each split.
    public var numRows: [String: Int] { datasets.mapValues(\.count) }

    /// The column names of each split.
    public var columnNames: [String: [String]] { datasets.mapValues(\.columnNames) }

    /// The same transformation of every split.
    public func mapSplits(_ transform: (Dataset) throws -> Dataset) rethrows -> DatasetDict {
        var result = DatasetDict()
        for (name, dataset) in splits { result.set(try transform(dataset), for: name) }
        return result
    }
}

extension DatasetDict: ExpressibleByDictionaryLiteral {
    /// Creates a dictionary in the order of the literal.
    public init(dictionaryLiteral elements: (String, Dataset)...) {
        for (name, dataset) in elements { add(dataset, as: name) }
    }
}

extension DatasetDict: CustomStringConvertible {
    /// The splits as Python prints them.
    public var description: String {
        let body = splits.map { "\($0.name): \($0.dataset)" }.joined(separator: "\n")
        return "DatasetDict({\n\(body.indented(by: 4))\n})"
    }
}
