import FineTuneKit

/// Everything that a run needs to know: defaults, then a file, then the command line.
struct Configuration {
    /// Model, data and columns.
    var data = DataSettings()
    /// How to train.
    var training = TrainingArguments()
    /// The names that a file or the command line gave a value.
    private(set) var given: Set<String> = []

    /// Applies the members of a configuration file.
    ///
    /// - Throws: `TuneError` naming file and key for an unknown key or a value of another kind.
    mutating func apply(_ file: JSONFields) throws {
        for (key, value) in file.object.members {
            given.insert(key)
            if let field = DataSettings.field(key) {
                guard field.set(&data, value) else {
                    throw TuneError(
                        .badConfig,
                        "\(file.source): '\(key)' cannot be \(value.kind): \(value.serialized()).",
                        remedy: field.help)
                }
            } else {
                try Self.checkName(key, source: file.source)
                try training.set(key, value, source: file.source)
            }
        }
    }

    /// Applies what the command line gave.
    ///
    /// - Throws: `TuneError` naming the option when its text is not a value of the right kind.
    mutating func apply(_ options: any FieldOptions) throws {
        for (name, text) in options.given {
            given.insert(name)
            if let field = DataSettings.field(name) {
                _ = field.set(&data, try fieldValue(text, kind: field.kind, name: name))
            } else if let field = TrainingArguments.field(name) {
                let value = try fieldValue(text, kind: field.kind, name: name)
                try field.set(value, in: &training, source: "the command line")
            }
        }
    }

    /// Refuses a name that no option has; for a name that Python knows, the training arguments
    /// have better advice.
    private static func checkName(_ key: String, source: String) throws {
        let trainingNames = TrainingArguments.fields.map(\.name)
        guard !trainingNames.contains(key) else { return }
        if let name = foreignNames[key] {
            throw TuneError(
                .badConfig, "\(source): '\(key)' is not an option.",
                remedy: "It is called '\(name)' here.")
        }
        let dataNames = DataSettings.fields.map(\.name)
        guard let nearest = nearestName(to: key, in: dataNames + trainingNames),
            dataNames.contains(nearest)
        else { return }
        throw TuneError(
            .badConfig, "\(source): '\(key)' is not an option.",
            remedy: "Did you mean '\(nearest)'?")
    }

    /// What Python's example scripts call the settings of this tool.
    private static let foreignNames = [
        "model_name_or_path": "model", "dataset_name": "dataset",
        "dataset_config_name": "dataset_config", "task_name": "dataset_config",
        "max_seq_length": "max_length", "text_column_names": "text_columns",
        "label_column_name": "label_column",
    ]
}
