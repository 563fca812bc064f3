public import Foundation
public import TuneBase
public import TuneNN
import TuneTorch

/// A model that can be built from a configuration and filled from a checkpoint.
public protocol PretrainedModel: Module {
    /// The configuration it is built from.
    associatedtype Config: PretrainedConfig

    /// The name of the Python class, as `architectures` in `config.json` lists it.
    static var architecture: String { get }
    /// The field that holds the backbone (`bert`), or nil for a backbone itself.
    ///
    /// A checkpoint of the bare backbone has keys without this prefix.
    static var baseModelPrefix: String { get }
    /// Whether this class is the backbone itself.
    static var isBaseModel: Bool { get }

    /// The configuration, with changes made by training (such as the problem type).
    var config: Config { get }

    /// Builds the module tree with memory for the parameters but without values.
    ///
    /// - Throws: `TuneError` for sizes that do not fit together.
    init(uninitialized config: Config) throws

    /// Draws all parameters as Python does for a model without a checkpoint.
    func initializeFromScratch()
}

extension PretrainedModel {
    /// Builds the model with random weights, drawn as `Model(config)` does in Python.
    public init(_ config: Config) throws {
        try self.init(uninitialized: config)
        initializeFromScratch()
    }

    /// The content of `config.json`.
    public var configuration: JSONObject {
        var object = config.json
        object["architectures"] = [.string(Self.architecture)]
        object["model_type"] = .string(Config.modelType)
        object["dtype"] = .string(dtypeName)
        object["transformers_version"] = .string(formatVersion)
        return object
    }

    /// Writes `config.json` and `model.safetensors`; any Hugging Face tool can load the result.
    ///
    /// - Throws: `TuneError` when a file cannot be written; existing files stay whole.
    public func savePretrained(_ directory: URL) throws {
        try createDirectory(directory)
        try writeSafetensors(
            namedParameters().map { ($0.name, $0.tensor.detached()) },
            to: directory.appendingPathComponent("model.safetensors"))
        let text = JSONValue.object(configuration).serialized(indent: 2, sortedKeys: true)
        try writeFileAtomically(directory.appendingPathComponent("config.json"), text + "\n")
    }

    /// Writes the model to the directory at `path`.
    public func savePretrained(_ path: String) throws {
        try savePretrained(URL(fileURLWithPath: path))
    }

    private var dtypeName: String {
        guard let dtype = parameters().first?.dtype else { return "float32" }
        return dtype.name.replacing("torch.", with: "")
    }
}

/// The release of transformers whose file format saved models follow.
let formatVersion = "5.23.0"
