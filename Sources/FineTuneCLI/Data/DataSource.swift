import FineTuneKit
import Foundation

/// Where rows come from: a dataset directory with an optional configuration, or single files.
struct DataSource {
    let settings: DataSettings

    /// Finds the splits; their rows are read when they are asked for.
    ///
    /// - Throws: `TuneError` when nothing is named, both ways are mixed, or there are no files.
    func open() throws -> DatasetBuilder {
        let files = [
            ("train", settings.trainFile), ("validation", settings.validationFile),
            ("test", settings.testFile),
        ].compactMap { split, path in path.map { (split: split, path: expandingTilde($0)) } }
        if files.isEmpty { return try openDirectory() }
        if let dataset = settings.dataset, !Self.loaders.contains(dataset) {
            throw TuneError(
                .usage, "Both --dataset \(dataset) and single files are given.",
                remedy: "Use one or the other.")
        }
        let loader = try settings.dataset ?? Self.loader(of: files.map(\.path))
        return try loadDatasetBuilder(
            loader, settings.datasetConfig,
            dataFiles: DataFiles(splits: files.map { (name: $0.split, patterns: [$0.path]) }))
    }

    /// Whether this is the GLUE benchmark, so that a configuration names its task.
    var glueTask: String? {
        guard let dataset = settings.dataset, let name = settings.datasetConfig,
            URL(fileURLWithPath: dataset).lastPathComponent.lowercased().contains("glue")
        else { return nil }
        return glueColumns[name] == nil ? nil : name
    }

    private func openDirectory() throws -> DatasetBuilder {
        guard let dataset = settings.dataset else {
            throw TuneError(
                .usage, "No data is given.",
                remedy: "Use --dataset DIR, or --train-file and --validation-file.")
        }
        guard !Self.loaders.contains(dataset) else {
            throw TuneError(
                .usage, "--dataset \(dataset) needs files.", remedy: "Add --train-file.")
        }
        let path = expandingTilde(dataset)
        guard FileManager.default.fileExists(atPath: path) else {
            throw TuneError(
                .missingInput, "There is no dataset directory '\(dataset)'.",
                remedy: "Give the path of a local directory with data files.")
        }
        return try loadDatasetBuilder(path, settings.datasetConfig)
    }

    private static let loaders = ["csv", "json", "parquet"]

    /// The loader for files, by their common extension.
    private static func loader(of paths: [String]) throws -> String {
        let loaders = try Set(
            paths.map { path in
                switch URL(fileURLWithPath: path).pathExtension.lowercased() {
                case "csv", "tsv": return "csv"
                case "json", "jsonl", "ndjson": return "json"
                case "parquet": return "parquet"
                default:
                    throw TuneError(
                        .usage, "The format of '\(path)' is not clear from its name.",
                        remedy: "Name it with --dataset csv, json or parquet.")
                }
            })
        guard let loader = loaders.first, loaders.count == 1 else {
            throw TuneError(
                .usage, "The data files have different formats.",
                remedy: "Convert them to one format.")
        }
        return loader
    }
}

extension DatasetBuilder {
    /// Reads splits that must exist and have rows.
    ///
    /// - Throws: `TuneError` listing the splits, or saying that one is empty.
    func filledSplits(_ names: [String]) throws -> [Dataset] {
        if let unknown = names.first(where: { !splitNames.contains($0) }) {
            throw TuneError(
                .missingInput, "The dataset has no split '\(unknown)'.",
                remedy: suggestion(for: unknown, among: splitNames))
        }
        let data = try load(names)
        return try names.map { name in
            let dataset = try data[name]
            guard dataset.count > 0 else {
                throw TuneError(
                    .badData, "The split '\(name)' has no rows.", remedy: "Choose another split.")
            }
            return dataset
        }
    }

    /// Reads one split that must exist and have rows.
    func filledSplit(_ name: String) throws -> Dataset { try filledSplits([name])[0] }
}
