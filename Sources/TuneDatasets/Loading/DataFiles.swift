/// Which files make which split: paths and patterns with `*`, `**`, `?` and `[…]`.
///
/// Written as a string, as an array of strings, or as a dictionary from splits to arrays:
/// `"train.jsonl"`, `["a.csv", "b.csv"]`, `["train": ["train/*.csv"], "test": ["test.csv"]]`.
public struct DataFiles: Sendable, Hashable {
    struct Split: Sendable, Hashable {
        var name: String
        var patterns: [String]
    }

    var splits: [Split]

    /// The files of the split `train`.
    public init(_ patterns: [String]) {
        splits = [Split(name: "train", patterns: patterns)]
    }

    /// The files of several splits, in order.
    public init(splits: KeyValuePairs<String, [String]>) {
        self.splits = splits.map { Split(name: $0, patterns: $1) }
    }

    /// The files of splits that are only known at run time, in order.
    public init(splits: [(name: String, patterns: [String])]) {
        self.splits = splits.map { Split(name: $0.name, patterns: $0.patterns) }
    }

    init(splits: [Split]) { self.splits = splits }
}

extension DataFiles: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    /// One file or pattern, for the split `train`.
    public init(stringLiteral value: String) { self.init([value]) }
}

extension DataFiles: ExpressibleByArrayLiteral {
    /// Files and patterns for the split `train`.
    public init(arrayLiteral elements: String...) { self.init(elements) }
}

extension DataFiles: ExpressibleByDictionaryLiteral {
    /// Files and patterns by split.
    public init(dictionaryLiteral elements: (String, FileList)...) {
        splits = elements.map { Split(name: $0.0, patterns: $0.1.patterns) }
    }
}

/// The files of one split: a string or an array of strings.
public struct FileList: Sendable, Hashable {
    let patterns: [String]

    /// Creates a list of paths and patterns.
    public init(_ patterns: [String]) { self.patterns = patterns }
}

extension FileList: ExpressibleByStringLiteral, ExpressibleByStringInterpolation,
    ExpressibleByArrayLiteral
{
    /// One path or pattern.
    public init(stringLiteral value: String) { self.init([value]) }
    /// Paths and patterns.
    public init(arrayLiteral elements: String...) { self.init(elements) }
}
