public import TuneBase

/// A model's configuration: what `config.json` says.
///
/// Keys that a configuration does not know survive loading and saving.
public protocol PretrainedConfig: Sendable {
    /// The value of `model_type`.
    static var modelType: String { get }
    /// Reads the typed fields.
    ///
    /// - Throws: `TuneError` that names file and key.
    init(_ fields: JSONFields) throws
    /// Fields that every model has: labels, problem type, data type.
    var common: CommonConfig { get set }
    /// The whole configuration with unknown keys kept.
    var json: JSONObject { get }
    /// Changes dropout probabilities; nil keeps one.
    mutating func setDropout(hidden: Double?, attention: Double?) throws
}

/// What a sequence-classification head predicts, and so which loss it uses.
public enum ProblemType: String, Sendable, CaseIterable {
    /// A number per label; mean squared error.
    case regression
    /// One label of several; cross-entropy.
    case singleLabelClassification = "single_label_classification"
    /// Any set of labels; binary cross-entropy of each.
    case multiLabelClassification = "multi_label_classification"
}

/// The fields of `config.json` that do not depend on the architecture.
public struct CommonConfig: Sendable, Hashable {
    /// The label names by class index.
    public var id2label: [String]
    /// What the head predicts; decided by the first labels when nil.
    public var problemType: ProblemType?
    /// The name of the weights' data type, such as `float32`.
    public var dtype: String?
    /// The members of the file, known or not.
    public var raw: JSONObject

    /// The number of classes.
    public var numLabels: Int { id2label.count }

    /// Creates the fields of a configuration without a file.
    public init(numLabels: Int = 2, problemType: ProblemType? = nil) {
        id2label = Self.defaultLabels(numLabels)
        self.problemType = problemType
        raw = JSONObject()
    }

    /// Reads the fields of a file.
    public init(_ fields: JSONFields) throws {
        raw = fields.object
        raw["_name_or_path"] = nil
        id2label = try Self.labels(fields)
        let dtypeKey = fields.object["dtype"] == nil ? "torch_dtype" : "dtype"
        dtype = fields.object[dtypeKey]?.string
        guard let name = fields.object["problem_type"]?.string else { return }
        guard let type = ProblemType(rawValue: name) else {
            throw TuneError(
                .badConfig, "\(fields.source): the problem_type '\(name)' is not known.",
                remedy: suggestion(for: name, among: ProblemType.allCases.map(\.rawValue)))
        }
        problemType = type
    }

    /// Sets the number of classes; names are kept only when their number already fits.
    public mutating func setNumLabels(_ count: Int) {
        if id2label.count != count { id2label = Self.defaultLabels(count) }
    }

    /// The members as saved: raw ones first, then those that this type manages.
    ///
    /// As in Python, two labels with their default names are not written.
    var json: JSONObject {
        var object = raw
        for key in ["id2label", "label2id", "problem_type", "torch_dtype", "num_labels"] {
            object[key] = nil
        }
        if let dtype { object["dtype"] = .string(dtype) }
        if let problemType { object["problem_type"] = .string(problemType.rawValue) }
        if id2label != Self.defaultLabels(2) {
            let pairs = id2label.enumerated()
            object["id2label"] = .object(JSONObject(pairs.map { ("\($0)", .string($1)) }))
            object["label2id"] = .object(JSONObject(pairs.map { ($1, .int($0)) }))
        }
        return object
    }

    static func defaultLabels(_ count: Int) -> [String] { (0..<count).map { "LABEL_\($0)" } }

    private static func labels(_ fields: JSONFields) throws -> [String] {
        guard let map = fields.object["id2label"], !map.isNull else {
            let count = try fields.int("num_labels", default: 2)
            guard (1...1_000_000).contains(count) else {
                throw TuneError(.badConfig, "\(fields.source): 'num_labels' is \(count).")
            }
            return defaultLabels(count)
        }
        guard let members = map.object?.members, !members.isEmpty,
            let pairs = members.mapAll({ key, value in
                Int(key).flatMap { id in value.string.map { (id, $0) } }
            }), pairs.map(\.0).sorted() == Array(0..<pairs.count)
        else {
            throw TuneError(
                .badConfig,
                "\(fields.source): 'id2label' does not map 0, 1, … to names.",
                remedy: #"Write it as {"0": "first", "1": "second"}."#)
        }
        return pairs.sorted { $0.0 < $1.0 }.map(\.1)
    }
}
