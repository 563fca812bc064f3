import FineTuneKit

/// Which model is trained on which columns of which data: what configuration files and the
/// command line say besides the training arguments.
struct DataSettings: Sendable, Equatable {
    /// The checkpoint directory.
    var model: String?
    /// A dataset directory, or the name of a loader of files.
    var dataset: String?
    /// The configuration of the dataset.
    var datasetConfig: String?
    /// Files for the split `train`.
    var trainFile: String?
    /// Files for the split `validation`.
    var validationFile: String?
    /// Files for the split `test`.
    var testFile: String?
    /// One text column, or two for pairs.
    var textColumns: [String]?
    /// The column of the labels.
    var labelColumn: String?
    /// The number of tokens to which rows are cut.
    var maxLength: Int?
    /// Whether a head of another size is replaced by a new one.
    var ignoreMismatchedSizes = false
}

/// One setting as configuration files and the command line see it.
struct DataField: Sendable {
    let name: String
    let kind: ArgumentField.Kind
    let help: String
    let valueName: String?
    let get: @Sendable (DataSettings) -> JSONValue
    let set: @Sendable (inout DataSettings, JSONValue) -> Bool
}

extension DataSettings {
    /// Every setting, in the order in which help texts list them.
    static let fields: [DataField] = [
        .text("model", \.model, "The checkpoint directory.", "dir"),
        .text(
            "dataset", \.dataset,
            "A directory with data files, or a loader for the files given: json, csv, parquet.",
            "dir|loader"),
        .text("dataset_config", \.datasetConfig, "The dataset's configuration.", "name"),
        .text("train_file", \.trainFile, "The file with training rows.", "file"),
        .text("validation_file", \.validationFile, "The file with validation rows.", "file"),
        .text("test_file", \.testFile, "The file with test rows.", "file"),
        .texts("text_columns", \.textColumns, "One text column, or two for pairs."),
        .text("label_column", \.labelColumn, "The column of the labels.", "name"),
        .int("max_length", \.maxLength, "Rows are cut to this many tokens."),
        .flag(
            "ignore_mismatched_sizes", \.ignoreMismatchedSizes,
            "Replace a head of another size by a new one."),
    ]

    /// The setting with a name, or nil.
    static func field(_ name: String) -> DataField? { fields.first { $0.name == name } }

    /// The settings that have a value, by name.
    var json: JSONObject {
        JSONObject(
            Self.fields.map { ($0.name, $0.get(self)) }
                .filter { !$0.1.isNull && $0.1 != .bool(false) })
    }
}

extension DataField {
    typealias Path<Value> = any WritableKeyPath<DataSettings, Value> & Sendable

    static func text(
        _ name: String, _ path: Path<String?>, _ help: String, _ valueName: String
    ) -> DataField {
        DataField(
            name: name, kind: .string, help: help, valueName: valueName,
            get: { $0[keyPath: path].map(JSONValue.string) ?? .null },
            set: { assign(path, $1, $1.string, &$0) })
    }

    static func texts(_ name: String, _ path: Path<[String]?>, _ help: String) -> DataField {
        DataField(
            name: name, kind: .strings, help: help, valueName: nil,
            get: { $0[keyPath: path].map { .array($0.map(JSONValue.string)) } ?? .null },
            set: { settings, json in
                let names = json.string.map { [$0] } ?? json.array?.mapAll(\.string)
                return assign(path, json, names, &settings)
            })
    }

    static func int(_ name: String, _ path: Path<Int?>, _ help: String) -> DataField {
        DataField(
            name: name, kind: .int, help: help, valueName: nil,
            get: { $0[keyPath: path].map(JSONValue.int) ?? .null },
            set: { assign(path, $1, $1.int, &$0) })
    }

    static func flag(_ name: String, _ path: Path<Bool>, _ help: String) -> DataField {
        DataField(
            name: name, kind: .bool, help: help, valueName: nil,
            get: { .bool($0[keyPath: path]) },
            set: { settings, json in
                guard let value = json.bool else { return false }
                settings[keyPath: path] = value
                return true
            })
    }

    /// Stores a value of the right kind, or nil for null; says whether it was one of these.
    private static func assign<Value>(
        _ path: Path<Value?>, _ json: JSONValue, _ value: Value?, _ settings: inout DataSettings
    ) -> Bool {
        guard value != nil || json.isNull else { return false }
        settings[keyPath: path] = value
        return true
    }
}
