import Foundation
import Logging
import TuneBase
import TuneNN
public import TuneTorch

extension PretrainedModel {
    /// Loads a model from a local directory in Hugging Face's layout.
    ///
    /// Weights that the checkpoint lacks are drawn from the default generator as Python draws
    /// them; a log message lists them together with the weights that were not used.
    ///
    /// - Parameters:
    ///   - path: The checkpoint directory.
    ///   - dtype: The type of the parameters; nil takes that of the checkpoint.
    ///   - ignoreMismatchedSizes: Whether weights of another shape are newly initialised instead
    ///     of being an error.
    ///   - configure: Changes the configuration before the model is built.
    /// - Returns: The model in evaluation mode, and what was found.
    /// - Throws: `TuneError` for missing or malformed files and for shapes that differ.
    public static func load(
        _ path: String, dtype: DType? = nil, ignoreMismatchedSizes: Bool = false,
        configure: (inout Config) throws -> Void = { _ in }
    ) throws -> (model: Self, report: LoadReport) {
        let directory = try CheckpointDirectory(path)
        let fields = try directory.config()
        let modelType = try directory.modelType(fields)
        guard modelType == Config.modelType else {
            throw TuneError(
                .badConfig,
                "\(fields.source) is of model_type '\(modelType)', not '\(Config.modelType)'.",
                remedy: "Use an Auto class, or the class of that model.")
        }
        var config = try Config(fields)
        try configure(&config)
        let weights = try CheckpointWeights(directory)
        let model = try Self(uninitialized: config)
        if let target = try dtype ?? weights.dtype(configured: config.common.dtype) {
            model.to(target)
        }
        var report = try model.fill(from: weights, ignoreMismatchedSizes: ignoreMismatchedSizes)
        report.missing.sort()
        model.eval()
        if !report.isClean {
            Logger(label: "TuneModels").warning("\(report)")
        }
        return (model, report)
    }

    /// Loads a model from a local directory; see ``load(_:dtype:ignoreMismatchedSizes:configure:)``.
    public static func fromPretrained(_ path: String, dtype: DType? = nil) throws -> Self {
        try load(path, dtype: dtype).model
    }

    private func fill(
        from weights: CheckpointWeights, ignoreMismatchedSizes: Bool
    ) throws -> LoadReport {
        var report = LoadReport(architecture: Self.architecture, source: weights.source)
        var keys = weights.keysByParameter(
            prefix: "\(Self.baseModelPrefix).", modelIsBase: Self.isBaseModel,
            headParameters: namedParameters().map(\.name))
        var filled: Set<String> = []
        for (name, parameter) in namedParameters() {
            guard let key = keys.removeValue(forKey: name) else {
                report.missing.append(name)
                continue
            }
            let found = try weights.shape(of: key)
            guard found == parameter.shape else {
                report.mismatched.append(
                    .init(name: name, found: found, expected: parameter.shape))
                continue
            }
            let tensor = try weights.tensor(key)
            withoutGradients { _ = parameter.copy_(tensor) }
            weights.discard(key)
            filled.insert(name)
        }
        report.unexpected = keys.values.sorted()
        if let mismatch = report.mismatched.first, !ignoreMismatchedSizes {
            throw TuneError(
                .badData,
                "\(weights.source): '\(mismatch.name)' has shape \(mismatch.found) in the "
                    + "checkpoint but \(mismatch.expected) in the model.",
                remedy: "Check config.json and the number of labels, or pass "
                    + "ignoreMismatchedSizes to initialise such weights anew.")
        }
        initializeAllWeights(range: initializerRange, keeping: filled)
        return report
    }

    private var initializerRange: Double { config.json["initializer_range"]?.double ?? 0.02 }
}

/// The tensors of a checkpoint under their keys, over all shards.
struct CheckpointWeights {
    let source: String
    private let files: [SafetensorsFile]
    private let fileOfKey: [String: Int]

    init(_ directory: CheckpointDirectory) throws {
        source = directory.url.path
        files = try directory.weightFiles().map { try SafetensorsFile(contentsOf: $0) }
        var owners: [String: Int] = [:]
        for (index, file) in files.enumerated() {
            for name in file.names { owners[name] = index }
        }
        fileOfKey = owners
    }

    func shape(of key: String) throws -> [Int] { try info(key).shape }

    func tensor(_ key: String) throws -> Tensor { try file(key).tensor(key) }

    /// Gives back the memory of the file behind a tensor that was copied, so that a model is never in
    /// memory twice.
    func discard(_ key: String) { try? file(key).discard(key) }

    /// The type that parameters get: the configured one, else that of the first float weight.
    func dtype(configured: String?) throws -> DType? {
        let floats: [DType] = [.float32, .float16, .bfloat16, .float64]
        if let configured {
            guard let dtype = floats.first(where: { $0.name == "torch.\(configured)" }) else {
                throw TuneError(
                    .badConfig, "\(source)/config.json: the dtype '\(configured)' is not known.",
                    remedy: "Use float32, float16, bfloat16 or float64.")
            }
            return dtype
        }
        return try fileOfKey.keys.sorted().compactMap { try info($0).dtype }.first {
            floats.contains($0)
        }
    }

    /// The checkpoint key for each parameter name it would fill, old spellings included.
    ///
    /// A bare backbone's keys get the backbone's prefix, a head model's keys lose it, as the
    /// model needs; buffers that are computed, not learned, are left out.
    func keysByParameter(
        prefix: String, modelIsBase: Bool, headParameters: [String]
    ) -> [String: String] {
        let hasPrefix = fileOfKey.keys.contains { $0.hasPrefix(prefix) }
        var result: [String: String] = [:]
        for key in fileOfKey.keys where !Self.isComputedBuffer(key) {
            var name = Self.modernName(key)
            if modelIsBase {
                if name.hasPrefix(prefix) { name.removeFirst(prefix.count) }
            } else if !hasPrefix, !headParameters.contains(name) {
                name = prefix + name
            }
            result[name] = key
        }
        return result
    }

    /// `position_ids` and the like: stored by old versions, recomputed by all.
    private static func isComputedBuffer(_ key: String) -> Bool {
        key.hasSuffix("embeddings.position_ids") || key.hasSuffix("embeddings.token_type_ids")
    }

    /// TensorFlow-era checkpoints call a normalisation's weight and bias `gamma` and `beta`.
    private static func modernName(_ key: String) -> String {
        if key.hasSuffix(".gamma") { return key.dropLast(5) + "weight" }
        if key.hasSuffix(".beta") { return key.dropLast(4) + "bias" }
        return key
    }

    private func info(_ key: String) throws -> SafetensorsInfo {
        guard let info = try file(key).info(key) else {
            throw TuneError(.badData, "\(source) has no weight '\(key)'.")
        }
        return info
    }

    private func file(_ key: String) throws -> SafetensorsFile {
        guard let index = fileOfKey[key] else {
            throw TuneError(.badData, "\(source) has no weight '\(key)'.")
        }
        return files[index]
    }
}
