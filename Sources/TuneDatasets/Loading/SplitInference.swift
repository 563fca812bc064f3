import TuneBase

/// Finds the splits of a directory without a card, by the names of its files and directories.
enum SplitInference {
    private static let keywords: [(split: String, words: [String])] = [
        ("train", ["train", "training"]),
        ("validation", ["validation", "valid", "dev", "val"]),
        ("test", ["test", "testing", "eval", "evaluation"]),
    ]

    /// The files by split; the first of these that finds any file wins: names of shards in `data/`,
    /// keywords in directory names, keywords in file names, all files as `train`.
    static func dataFiles(in directory: String) throws -> [SplitFiles] {
        let shards = try sharded(in: directory)
        if !shards.isEmpty { return shards }
        for patterns in [directoryPatterns, filePatterns] {
            let found = keywords.compactMap { split, words in
                files(words.flatMap(patterns), in: directory).map { SplitFiles(split, $0) }
            }
            if !found.isEmpty { return found }
        }
        return files(["**"], in: directory).map { [SplitFiles("train", $0)] } ?? []
    }

    private static func directoryPatterns(_ word: String) -> [String] {
        [
            "**/\(word)/**", "**/\(word)[-._ 0-9]*/**", "**/*[-._ 0-9]\(word)/**",
            "**/*[-._ 0-9]\(word)[-._ 0-9]*/**",
        ]
    }

    private static func filePatterns(_ word: String) -> [String] {
        ["**/\(word)[-._ 0-9]*", "**/*[-._ 0-9]\(word)[-._ 0-9]*"]
    }

    /// The files that match any of `patterns`, each once, or nil where there are none.
    private static func files(_ patterns: [String], in directory: String) -> [String]? {
        var seen: Set<String> = []
        let found = patterns.flatMap { Glob.files(matching: $0, in: directory) }
            .filter { seen.insert($0).inserted }
        return found.isEmpty ? nil : found
    }

    /// Files such as `data/train-00000-of-00002.parquet`.
    private static func sharded(in directory: String) throws -> [SplitFiles] {
        let digits = String(repeating: "[0-9]", count: 5)
        let tail = "-\(digits)-of-\(digits)*.*"
        var bySplit: [String: [String]] = [:]
        for file in Glob.files(matching: "data/*\(tail)", in: directory) {
            let name = file.split(separator: "/").last.map(String.init) ?? file
            guard let split = shardSplit(name) else { continue }
            try checkSplitName(split)
            bySplit[split, default: []].append(file)
        }
        let usual = keywords.map(\.split)
        let order =
            usual.filter { bySplit[$0] != nil }
            + bySplit.keys.filter { !usual.contains($0) }.sorted()
        return order.map { SplitFiles($0, bySplit[$0] ?? []) }
    }

    /// What stands before the last `-00000-of-00000` of a file name.
    private static func shardSplit(_ name: String) -> String? {
        let parts = name.split(separator: "-", omittingEmptySubsequences: false)
        guard
            let of = parts.indices.reversed().first(where: { parts[$0] == "of" && $0 >= 2 })
        else { return nil }
        return parts[..<(of - 1)].joined(separator: "-")
    }
}

/// The files of one split, found.
struct SplitFiles: Sendable, Hashable {
    let split: String
    let files: [String]

    init(_ split: String, _ files: [String]) {
        self.split = split
        self.files = files
    }

    /// The files of every split; relative patterns start at `base`.
    ///
    /// - Throws: `TuneError` for a pattern that matches nothing.
    static func resolving(_ dataFiles: DataFiles, in base: String) throws -> [SplitFiles] {
        try dataFiles.splits.map { split in
            try checkSplitName(split.name)
            let files = try split.patterns.flatMap { pattern in
                let found = Glob.files(matching: pattern, in: base)
                guard !found.isEmpty else {
                    throw TuneError(
                        .missingInput,
                        "Unable to find \(pythonRepr(Glob.absolute(pattern, in: base))).",
                        remedy: "Check the path or the pattern.")
                }
                return found
            }
            return SplitFiles(split.name, files)
        }
    }
}
