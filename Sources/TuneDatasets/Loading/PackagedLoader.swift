import Foundation
import Logging
import TuneBase

let log = Logger(label: "finetune.datasets")

/// The file formats that can be read.
enum PackagedLoader: String, Sendable, CaseIterable, CustomStringConvertible {
    case csv, json, parquet

    var description: String { rawValue }

    private static let extensions: [String: PackagedLoader] = [
        "csv": .csv, "tsv": .csv, "json": .json, "jsonl": .json, "ndjson": .json,
        "parquet": .parquet,
    ]

    /// The loader for a file by its extension.
    init?(fileName: String) {
        let suffix = URL(fileURLWithPath: fileName).pathExtension.lowercased()
        guard let loader = Self.extensions[suffix] else { return nil }
        self = loader
    }

    /// The loader of most of `files`; of the first such file where several are equally frequent.
    init?(mostCommonIn files: [String]) {
        let loaders = files.compactMap(PackagedLoader.init(fileName:))
        var counts: [PackagedLoader: Int] = [:]
        for loader in loaders { counts[loader, default: 0] += 1 }
        let most = counts.values.max()
        guard let loader = loaders.first(where: { counts[$0] == most }) else { return nil }
        self = loader
    }

    /// Reads the files of a split, one after the other.
    ///
    /// Without `features` those of the first file are used, and later files must fit them.
    func load(
        _ split: SplitFiles, _ options: LoaderOptions, _ features: Features?, _ source: String
    ) throws -> Dataset {
        var features = features
        var tables: [ConformedTable] = []
        var parts = ["load", rawValue, source, options.description]
        for file in split.files {
            let table = try table(of: file, options, features)
            let conformed = try ConformedTable(table, to: features, file: file)
            features = features ?? conformed.features
            tables.append(conformed)
            parts.append(Self.state(of: file))
        }
        let all = features ?? Features()
        var columns: [String: ArrowColumn] = [:]
        for name in all.names {
            columns[name] = try explainingArrow("The column '\(name)' cannot be joined") {
                try ArrowColumn.joining(tables.compactMap { $0.columns[name] })
            }
        }
        return Dataset(
            columns: columns, selection: .range(0..<tables.reduce(0) { $0 + $1.rowCount }),
            features: all, split: split.split, identity: Fingerprint(parts))
    }

    private func table(
        of file: String, _ options: LoaderOptions, _ features: Features?
    ) throws -> LoadedTable {
        switch self {
        case .csv: try loadCSV(file, options.csv(for: file), features)
        case .json: try loadJSON(file, field: options.field, features)
        case .parquet: try loadParquet(file)
        }
    }

    /// What changes when the file does: its path, size and time of change.
    private static func state(of file: String) -> String {
        let attributes = try? FileManager.default.attributesOfItem(
            atPath: URL(fileURLWithPath: file).resolvingSymlinksInPath().path)
        let date = (attributes?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
        return "\(file):\(attributes?[.size] as? Int ?? 0):\(date)"
    }
}

/// Columns of one file and what they hold.
struct LoadedTable {
    var table: ArrowTable
    var features: Features

    /// The features that the values have by themselves, replaced by those of `known`.
    init(_ table: ArrowTable, known: Features? = nil) {
        self.table = table
        features = Features()
        for (name, column) in zip(table.names, table.columns) {
            features[name] = known?[name] ?? column.feature
        }
    }
}

/// Columns of one file in the features of the dataset.
struct ConformedTable {
    var columns: [String: ArrowColumn] = [:]
    let features: Features
    let rowCount: Int

    /// Converts the columns; those that the file lacks are filled with nulls.
    init(_ loaded: LoadedTable, to wanted: Features?, file: String) throws {
        let table = loaded.table
        features = wanted ?? loaded.features
        rowCount = table.rowCount
        let extra = table.names.filter { features[$0] == nil }
        guard extra.isEmpty else {
            throw TuneError(
                .badData,
                "Couldn't cast \(file): its columns are \(pythonList(table.names)), but those of the dataset are \(pythonList(features.names)), because column names don't match.",
                remedy: "Give every file the same columns.")
        }
        for field in features.fields {
            guard let index = table.names.firstIndex(of: field.name) else {
                columns[field.name] = try ArrowColumn.nulls(field.feature, count: rowCount)
                continue
            }
            do {
                columns[field.name] = try table.columns[index].cast(
                    to: field.feature, named: field.name)
            } catch var error as TuneError {
                error.message = "\(file): \(error.message)"
                throw error
            }
        }
    }
}
