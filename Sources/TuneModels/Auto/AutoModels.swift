import TuneBase
import TuneTorch

/// Reads a checkpoint's configuration, whatever its architecture.
public enum AutoConfig {
    /// Reads `config.json` of the checkpoint directory at `path`.
    ///
    /// - Throws: `TuneError` for a missing or malformed file and an unsupported `model_type`.
    public static func fromPretrained(_ path: String) throws -> any PretrainedConfig {
        let directory = try CheckpointDirectory(path)
        let fields = try directory.config()
        let modelType = try directory.modelType(fields)
        guard let type = configTypes.first(where: { $0.modelType == modelType }) else {
            throw TuneError(
                .badConfig, "\(fields.source): the model_type '\(modelType)' is not supported.",
                remedy: suggestion(for: modelType, among: configTypes.map { $0.modelType }))
        }
        return try type.init(fields)
    }

    private static let configTypes: [any PretrainedConfig.Type] = [BERTConfig.self]
}

/// Loads the backbone of a checkpoint, whatever its architecture.
public enum AutoModel {
    /// The architectures that can be loaded.
    public static let registry = ModelRegistry<any PretrainedModel> {
        $0.register(BERTModel.self) { $0 }
    }

    /// Loads the checkpoint directory at `path`.
    ///
    /// - Throws: `TuneError` for missing or malformed files and an unsupported `model_type`.
    public static func fromPretrained(_ path: String) throws -> any PretrainedModel {
        try registry.load(path, ModelOptions())
    }
}

/// Loads a checkpoint with a sequence-classification head, whatever its architecture.
public enum AutoModelForSequenceClassification {
    /// The architectures that can be loaded.
    public static let registry = ModelRegistry<any SequenceClassificationModel> {
        $0.register(BERTForSequenceClassification.self) { $0 }
    }

    /// Loads the checkpoint directory at `path`; a head that it lacks is newly initialised.
    ///
    /// - Parameters:
    ///   - path: A local directory with `config.json` and safetensors weights.
    ///   - numLabels: The number of classes; nil keeps the configuration's.
    ///   - configure: Sets further options.
    /// - Returns: The model in evaluation mode.
    /// - Throws: `TuneError` for missing or malformed files and an unsupported `model_type`.
    public static func fromPretrained(
        _ path: String, numLabels: Int? = nil, configure: (inout ModelOptions) -> Void = { _ in }
    ) throws -> any SequenceClassificationModel {
        var options = ModelOptions()
        options.numLabels = numLabels
        configure(&options)
        try options.validate()
        return try registry.load(path, options)
    }
}

extension ModelOptions {
    /// Refuses values that no head can have.
    func validate() throws {
        let count = labels?.count ?? numLabels ?? 1
        guard count >= 1 else {
            throw TuneError(
                .badConfig, "The number of labels is \(count).", remedy: "It must be at least 1.")
        }
    }
}
