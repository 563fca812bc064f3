import FineTuneKit

/// Everything that a run needs to know: defaults, then a file, then the command line.
struct Configuration {
    /// Model, data and columns.
    var data = DataSettings()
    /// How to train.
    var training = TrainingArguments()
    /// The names that a file or the command line gave a value.
    private(set) var given: Set<String> = []
    /// Where training arguments got their values: `run.yaml:3:1`, `--bf16`.
    private var places: [String: String] = [:]
    private var hasFile = false

    /// Applies the members of a configuration file.
    ///
    /// - Throws: One `TuneError` that lists every unknown key and value of another kind, with file,
    ///   line and column; and for anything but a mapping.
    mutating func apply(_ file: JSONDocument) throws {
        guard let members = file.value.object else {
            throw TuneError(
                .badConfig,
                "\(file.place) holds \(file.value.kind) where names with values are needed.",
                remedy: "Write lines such as learning_rate: 2e-5.")
        }
        hasFile = true
        places.merge(TrainingArguments.places(in: file)) { $1 }
        var training = JSONObject()
        var problems: [TuneError] = []
        for (key, value) in members.members {
            given.insert(key)
            if let field = DataSettings.field(key) {
                if !field.set(&data, value) {
                    problems.append(mismatch(field, value, at: file.place[key]))
                }
            } else if let problem = Self.misnomer(key, at: file.place[key]) {
                problems.append(problem)
            } else {
                training[key] = value
            }
        }
        problems += self.training.collectProblems(updatingWith: training, at: file.place)
        if let error = TuneError.joined(problems, subject: file.place.source) { throw error }
    }

    /// Applies what the command line gave.
    ///
    /// - Throws: `TuneError` naming the option when its text is not a value of the right kind.
    mutating func apply(_ groups: [any FieldOptions]) throws {
        var training = JSONObject()
        for (name, text) in groups.flatMap(\.given) {
            given.insert(name)
            if let field = DataSettings.field(name) {
                _ = field.set(&data, try fieldValue(text, kind: field.kind, name: name))
            } else {
                let kind = TrainingArguments.kind(of: name) ?? .string
                training[name] = try fieldValue(text, kind: kind, name: name)
            }
        }
        do {
            try self.training.update(with: training, at: JSONPlace("the command line"))
        } catch var error as TuneError {
            error.code = .usage
            throw error
        }
        places.merge(TrainingArguments.places(of: training.keys, optionName)) { $1 }
    }

    /// Checks the training arguments, alone and together.
    ///
    /// - Throws: One `TuneError` that lists every problem with the file, line and column, or the
    ///   option, that it comes from.
    func validate() throws {
        do {
            try training.validate(places: places)
        } catch var error as TuneError {
            if !hasFile { error.code = .usage }
            throw error
        }
    }

    private func mismatch(_ field: DataField, _ value: JSONValue, at place: JSONPlace) -> TuneError
    {
        TuneError(
            .badConfig, "\(place): '\(field.name)' cannot be \(value.kind): \(value.serialized()).",
            remedy: field.help)
    }

    /// What is wrong with a name that no option has, where the training arguments have no better
    /// advice; nil for others.
    private static func misnomer(_ key: String, at place: JSONPlace) -> TuneError? {
        guard TrainingArguments.kind(of: key) == nil else { return nil }
        if let name = foreignNames[key] {
            return TuneError(
                .badConfig, "\(place): '\(key)' is not an option.",
                remedy: "It is called '\(name)' here.")
        }
        let dataNames = DataSettings.fields.map(\.name)
        let trainingNames = TrainingArguments.fields.map(\.name)
        guard let nearest = nearestName(to: key, in: dataNames + trainingNames),
            dataNames.contains(nearest)
        else { return nil }
        return TuneError(
            .badConfig, "\(place): '\(key)' is not an option.",
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
