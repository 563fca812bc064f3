import Foundation
import TuneBase

/// Which files to read, with which loader, into which features.
struct DatasetSource {
    let description: String
    let loader: PackagedLoader
    let splits: [SplitFiles]
    var options: JSONObject
    var features: Features?
    /// The rows that the dataset card promises for each split.
    var rowCounts: [String: Int] = [:]

    init(_ path: String, _ name: String?, dataDir: String?, dataFiles: DataFiles?) throws {
        if let loader = PackagedLoader(rawValue: path) {
            try self.init(loader: loader, dataDir: dataDir, dataFiles: dataFiles)
        } else if Glob.isDirectory(path) {
            try self.init(directory: path, name, dataDir: dataDir, dataFiles: dataFiles)
        } else {
            throw Self.notFound(path)
        }
    }

    private static func notFound(_ path: String) -> TuneError {
        let full = Glob.absolute(path, in: ".")
        if Glob.isFile(full), let loader = PackagedLoader(fileName: path) {
            return TuneError(
                .missingInput, "\(full) is a file, not a dataset directory.",
                remedy: "Load it with loadDataset(\"\(loader)\", dataFiles: \"\(path)\").")
        }
        return TuneError(
            .missingInput, "Couldn't find any data file at \(full).",
            remedy: "Name a local directory, or one of the loaders csv, json and parquet.")
    }

    private init(loader: PackagedLoader, dataDir: String?, dataFiles: DataFiles?) throws {
        description = loader.rawValue
        self.loader = loader
        options = JSONObject()
        let base = dataDir ?? "."
        if let dataFiles {
            splits = try SplitFiles.resolving(dataFiles, in: base)
            return
        }
        guard dataDir != nil else {
            throw TuneError(
                .badConfig, "The loader \(loader) has no files.",
                remedy: "Name them: loadDataset(\"\(loader)\", dataFiles: \"train.\(loader)\").")
        }
        splits = try SplitInference.dataFiles(in: base)
        if splits.isEmpty { throw Self.emptyDirectory(base) }
    }

    private init(
        directory: String, _ name: String?, dataDir: String?, dataFiles: DataFiles?
    ) throws {
        let card = try DatasetCard(directory: directory)
        let configuration = try Self.configuration(
            name, in: card, directory, isOptional: dataFiles != nil || dataDir != nil)
        description = "\(directory)/\(configuration?.name ?? "default")"
        let folder = dataDir ?? configuration?.dataDirectory
        let base = folder.map { Glob.absolute($0, in: directory) } ?? directory
        let found =
            if let patterns = dataFiles ?? (dataDir == nil ? configuration?.dataFiles : nil) {
                try SplitFiles.resolving(patterns, in: base)
            } else {
                try SplitInference.dataFiles(in: base)
            }
        if found.isEmpty { throw Self.emptyDirectory(base) }
        guard let loader = PackagedLoader(mostCommonIn: found.flatMap(\.files)) else {
            throw TuneError(
                .missingInput,
                "No (supported) data files found in \(Glob.absolute(base, in: ".")).",
                remedy: "Files may be .csv, .tsv, .json, .jsonl, .ndjson and .parquet.")
        }
        self.loader = loader
        splits = found.compactMap { split in
            // Beside data files there may be licences and notes; patterns are taken at their word.
            let files =
                dataFiles ?? configuration?.dataFiles == nil
                ? split.files.filter { PackagedLoader(fileName: $0) == loader } : split.files
            return files.isEmpty ? nil : SplitFiles(split.split, files)
        }
        options = configuration?.options ?? JSONObject()
        features = try card.features(of: configuration?.name ?? "default")
        if dataFiles == nil, dataDir == nil {
            rowCounts = card.rowCounts(of: configuration?.name ?? "default")
        }
    }

    private static func emptyDirectory(_ directory: String) -> TuneError {
        TuneError(
            .missingInput,
            "The directory at \(Glob.absolute(directory, in: ".")) doesn't contain any data files.",
            remedy: "Put .csv, .json, .jsonl or .parquet files there.")
    }

    /// The wanted configuration of the card, or its default one; nil where the card has none.
    private static func configuration(
        _ name: String?, in card: DatasetCard, _ directory: String, isOptional: Bool
    ) throws -> DatasetCard.Configuration? {
        let known = card.configurations.map(\.name)
        if let name {
            let found = card.configurations.first { $0.name == name }
            if found == nil, !(known.isEmpty && name == "default") {
                throw TuneError(
                    .missingInput,
                    "BuilderConfig '\(name)' not found. Available: \(pythonList(known.isEmpty ? ["default"] : known)).",
                    remedy: didYouMean(name, among: known))
            }
            return found
        }
        if known.count <= 1 { return card.configurations.first }
        let chosen = card.configurations.first { $0.isDefault || $0.name == "default" }
        guard chosen == nil, !isOptional else { return chosen }
        throw TuneError(
            .badConfig,
            "Config name is missing. Please pick one among the available configs: \(pythonList(known)).",
            remedy: "For example: loadDataset(\"\(directory)\", \"\(known[0])\").")
    }

    /// Reads every split, or those in `wanted`; the first one's features are those of all.
    func load(_ wanted: [String]? = nil) throws -> DatasetDict {
        let options = try LoaderOptions(options, for: loader)
        var features = features
        var result = DatasetDict()
        for split in splits {
            let isWanted = wanted?.contains(split.split) ?? true
            // The first split tells the features even where its rows are not asked for.
            guard isWanted || features == nil else { continue }
            let dataset = try loader.load(split, options, features, description)
            guard dataset.count > 0 else { throw emptySplit(split.split, files: split.files) }
            if let promised = rowCounts[split.split], promised != dataset.count {
                throw TuneError(
                    .badData,
                    "The split '\(split.split)' of \(description) has \(dataset.count) rows, but the dataset card promises \(promised).",
                    remedy: "Download the files again, or correct 'num_examples' in README.md.")
            }
            features = features ?? dataset.features
            if isWanted { result.set(dataset, for: split.split) }
        }
        return result
    }
}
