import TuneBase

/// The classes that can load each `model_type`, for one kind of model.
public struct ModelRegistry<Output>: Sendable {
    /// Loads a checkpoint with the options of the Auto class.
    typealias Loader = @Sendable (String, ModelOptions) throws -> Output

    private var loaders: [String: Loader] = [:]

    /// Creates a registry and fills it.
    init(_ fill: (inout Self) -> Void) { fill(&self) }

    /// Adds a class under the `model_type` of its configuration.
    mutating func register<M: PretrainedModel>(
        _ type: M.Type, as box: @escaping @Sendable (M) -> Output
    ) {
        loaders[M.Config.modelType] = { path, options in
            let loaded = try M.load(
                path, dtype: options.dtype, ignoreMismatchedSizes: options.ignoreMismatchedSizes,
                configure: options.apply)
            return box(loaded.model)
        }
    }

    /// The supported values of `model_type`.
    public var modelTypes: [String] { loaders.keys.sorted() }

    /// Loads the checkpoint directory at `path` with the class of its `model_type`.
    func load(_ path: String, _ options: ModelOptions) throws -> Output {
        let directory = try CheckpointDirectory(path)
        let fields = try directory.config()
        let modelType = try directory.modelType(fields)
        guard let loader = loaders[modelType] else {
            throw TuneError(
                .badConfig, "\(fields.source): the model_type '\(modelType)' is not supported.",
                remedy: suggestion(for: modelType, among: modelTypes))
        }
        return try loader(path, options)
    }
}
